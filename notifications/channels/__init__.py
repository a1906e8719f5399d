"""Ways to reach a person; the only place that knows Apprise."""
