"""What the API takes and answers, as Pydantic models: they are its OpenAPI document too."""
