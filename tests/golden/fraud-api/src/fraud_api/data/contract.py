"""The data contract: which columns a table has, what each may hold, and which one is predicted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from ..running.files import read_json

Kind = Literal["number", "integer", "category", "boolean", "datetime", "id", "text"]
Role = Literal["feature", "target", "id", "time"]
Task = Literal["classification", "regression"]
_LISTS = ("categories", "missing")


@dataclass(frozen=True)
class Column:
    """One column. `minimum` and `maximum` are hard bounds; `categories` lists the known values.

    `missing` lists texts that stand for a missing cell, beside the empty one; `day_first` says that
    dates such as 13/5/2024 begin with the day; `repeated` that the header of the table has the name
    several times, of which the first is meant.
    """

    name: str
    kind: Kind
    role: Role = "feature"
    nullable: bool = False
    minimum: float | None = None
    maximum: float | None = None
    categories: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    day_first: bool = False
    repeated: bool = False
    description: str = ""


def repeated(columns: Iterable[Column]) -> tuple[str, ...]:
    """Names that the header of the table may hold more than once."""
    return tuple(column.name for column in columns if column.repeated)


@dataclass(frozen=True)
class DataContract:
    """The columns of the table and what is learned from them."""

    task: Task
    target: str
    columns: tuple[Column, ...]

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> DataContract:
        """The contract as `data/schema.json` and a stored model hold it."""
        columns = tuple(
            Column(**{**column, **{key: tuple(column.get(key, ())) for key in _LISTS}})
            for column in value["columns"]
        )
        return cls(task=value["task"], target=value["target"], columns=columns)

    @classmethod
    def load(cls, path: Path) -> DataContract:
        """Reads `schema.json`."""
        return cls.from_json(read_json(path))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` reads them again."""
        return {"contract": 1, **asdict(self)}

    @property
    def features(self) -> tuple[Column, ...]:
        """What the model sees: every column but the target and the identifiers."""
        return tuple(c for c in self.columns if c.role in ("feature", "time") and c.kind != "id")

    @property
    def identifiers(self) -> tuple[Column, ...]:
        """Columns that name a row; the model never sees them."""
        return tuple(c for c in self.columns if c.role == "id" or c.kind == "id")

    @property
    def key(self) -> tuple[Column, ...]:
        """What tells rows apart: the identifiers and, as an entity may come again, the time."""
        return tuple(c for c in self.columns if c in self.identifiers or c.role == "time")

    @property
    def time(self) -> Column | None:
        """The column that orders the rows in time, if there is one."""
        return next((c for c in self.columns if c.role == "time"), None)

    @property
    def target_column(self) -> Column:
        """The column that is predicted."""
        return next(c for c in self.columns if c.name == self.target)
