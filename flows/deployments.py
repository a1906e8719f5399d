"""The flows as Prefect runs them; the only place that imports Prefect, and imported by nothing else of ours."""
