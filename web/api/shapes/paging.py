"""Pages of a list."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import Field, StringConstraints

from actions.reading.pages import Page
from web.api.shapes.shape import Shape

LONGEST_PAGE = 500
USUAL_PAGE = 100

Item = TypeVar("Item", bound=Shape)
Row = TypeVar("Row")

Cursor = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,10}$")]


class PageQuery(Shape):
    """Which page of a list is asked for."""

    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = USUAL_PAGE
    """How many there are on a page at most."""
    cursor: Cursor | None = None
    """What `next` of the page before says; without it, the first page."""

    @property
    def conditions(self) -> dict[str, Any]:
        """What is asked for beside the page."""
        return {name: getattr(self, name) for name in type(self).model_fields if name not in PageQuery.model_fields}

    @property
    def after(self) -> int | None:
        """The number at which the page before ended."""
        return None if self.cursor is None else int(self.cursor)


class PageShape(Shape, Generic[Item]):
    """Some of a list; go on with `next` as the cursor until it is null."""

    items: tuple[Item, ...]
    """The things on this page."""
    next: str | None
    """The cursor of the next page; null when this is the last."""

    @classmethod
    def of(cls, page: Page[Row], shaped: Callable[[Row], Item]) -> Self:
        """Shape the rows of a page."""
        return cls(items=tuple(map(shaped, page.rows)), next=page.following)
