"""What several verbs do to assignments: give, name, count and date them."""
