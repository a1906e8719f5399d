"""Day marks: how a window stood at the end of each day, so that a campaign can be looked back on."""

from datetime import date

from sqlmodel import Field

from models.base import Row


class DayMark(Row, table=True):
    """How a window stood at the end of a local day of its campaign, or at the day's last patrol so far.

    Summed from the counters and written by the patrol, so that no completion waits for it; a day without a
    patrol has none. `overdue` is what was open past its deadline then.
    """

    __tablename__ = "day_mark"

    window_id: int = Field(foreign_key="window.id", primary_key=True)
    day: date = Field(primary_key=True)
    total: int
    done: int
    in_time: int
    waived: int
    overdue: int


class PartMark(Row, table=True):
    """What was done in a window in a large unit and all below it, at the end of a local day.

    As the unit was then: one that moves in the tree later takes nothing of it along. Units with few assignments have
    none, since these are soon counted.
    """

    __tablename__ = "part_mark"

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    window_id: int = Field(foreign_key="window.id", primary_key=True)
    day: date = Field(primary_key=True)
    done: int
