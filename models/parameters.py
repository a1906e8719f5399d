"""What statements that are put together once are given whenever they are executed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel.sql.sqltypes import UTCDateTime

NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime())
NOTICES: BindParameter[Any] = bindparam("notices", expanding=True)
DELIVERIES: BindParameter[Any] = bindparam("deliveries", expanding=True)

Instant = datetime | BindParameter[datetime]
"""An instant, or the parameter that stands for one."""
