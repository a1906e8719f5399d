"""How it is said: templates in both languages, in the dialect of each service, within its bytes."""
