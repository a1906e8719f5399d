"""The registry file: which units there are, which branches hang on them, and who answers for each."""

from config.registry.columns import Column
from config.registry.reading import read_registry
from config.registry.rows import Branches, BranchRow, Registry, Rejection, UnitRow

__all__ = [
    "BranchRow",
    "Branches",
    "Column",
    "Registry",
    "Rejection",
    "UnitRow",
    "read_registry",
]
