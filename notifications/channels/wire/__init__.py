"""The way to the providers: whom may be reached, HTTP over shared connections, answers read, secrets kept."""
