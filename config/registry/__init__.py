"""The registry file: which units there are, which branches hang on them, and who answers for each."""

from config.registry.columns import Column
from config.registry.reading import read_registry, take_registry
from config.registry.rows import BranchRow, RegistryFileError, RegistryRow, RegistrySheet, Rejection

__all__ = [
    "BranchRow",
    "Column",
    "RegistryFileError",
    "RegistryRow",
    "RegistrySheet",
    "Rejection",
    "read_registry",
    "take_registry",
]
