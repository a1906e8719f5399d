"""The ways out; the only place that imports Apprise."""
