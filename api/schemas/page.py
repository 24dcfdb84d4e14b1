"""Pages of a list."""

from typing import Generic, TypeVar

from pydantic import BaseModel

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """Some items and where the next ones begin."""

    items: list[Item]
    next_cursor: str | None = None
    """Give it as `cursor` to read on; null on the last page."""
