"""Write a definition as the campaign file that it came from, or would come from."""

import json

import yaml

from config.definition.schema import Definition


def definition_text(definition: Definition) -> str:
    """Write a definition in YAML, without what nobody said."""
    said = json.loads(definition.model_dump_json(exclude_defaults=True))
    return str(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120))
