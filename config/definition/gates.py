"""The gates of a campaign file: what lets a window close."""

from config.definition.part import Part
from config.definition.values import Share
from config.vocabulary import Otherwise


class GateSpec(Part):
    """What must be true for a window to close at or after its planned close."""

    done: Share | None = None
    """The share of assignments that must be done; waived ones do not count."""
    solved: Share | None = None
    """The share of problems that must be solved; for a rectification stage."""
    approval: bool = False
    """Whether somebody has to approve."""
    otherwise: Otherwise = Otherwise.HOLD
    """hold: try again at every patrol; close: close all the same, with the reasons on record."""
