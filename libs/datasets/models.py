"""Datasets as values: the upload, its profile, and what the table says about a chosen target."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import Field

from libs.core.values import Value

DatasetFormat = Literal["csv", "parquet", "jsonl", "xlsx"]
ColumnKind = Literal["number", "integer", "category", "boolean", "datetime", "id", "text", "nested", "empty"]
"""`text`: free text; `nested`: lists, objects or bytes; `empty`: nothing but missing cells."""
TableTask = Literal["classification", "regression"]
PersonalKind = Literal[
    "email", "phone", "name", "card_number", "national_id", "ip_address", "address",
    "birth_date", "age", "gender", "postcode", "position",
]  # fmt: skip


INDIRECT: frozenset[PersonalKind] = frozenset({"birth_date", "age", "gender", "postcode", "position"})
"""What tells persons apart only together with more."""
_NAMED = 5
"""Columns that a remark names at most."""


class PersonalFinding(Value):
    """A column that seems to hold personal data."""

    kind: PersonalKind
    confidence: float
    """0 to 1."""
    share: float
    """Of the cells whose text has the form."""
    direct: bool
    """Whether it names a person by itself; the others do so only together with more."""
    examples: tuple[str, ...] = ()
    """Letters as x, digits as 9."""
    reason: str


class ValueCount(Value):
    """A value and in how many rows it stands."""

    value: str
    count: int


class ColumnProfile(Value):
    """What is known of one column."""

    name: str
    kind: ColumnKind
    missing: int
    """Cells that are empty or hold one of the literals below."""
    missing_literals: dict[str, int] = {}
    """Texts that count as missing in this column."""
    distinct: int
    constant: bool
    personal: PersonalFinding | None = None
    notes: tuple[str, ...] = ()
    top_values: tuple[ValueCount, ...] = ()
    """The most frequent first; none of identifiers, free text and personal data."""
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    deviation: float | None = None
    quantiles: dict[str, float] = {}
    zeros: int = 0
    earliest: str = ""
    latest: str = ""
    day_first: bool = False
    """Whether dates such as 13/5/2024 begin with the day."""
    mean_characters: float | None = None
    mean_words: float | None = None

    @property
    def is_personal(self) -> bool:
        """Whether the column names persons by itself."""
        return self.personal is not None and self.personal.direct

    @property
    def is_indirect(self) -> bool:
        """Whether the column tells persons apart together with others of its sort."""
        return self.personal is not None and not self.personal.direct and self.personal.kind in INDIRECT


class SourceFacts(Value):
    """How the file was read."""

    format: DatasetFormat
    rows: int
    duplicates: int
    """Rows that equal an earlier one."""
    header_rows: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()


class TargetSuggestion(Value):
    """A column that could be predicted."""

    column: str
    task: TableTask
    score: float
    reasons: tuple[str, ...]


class DatasetProfile(Value):
    """What an uploaded table holds, without any of its personal values."""

    contract: Literal[1] = 1
    source: SourceFacts
    columns: tuple[ColumnProfile, ...]
    markers: tuple[str, ...] = ()
    """Words that stand for a missing cell, as a column of numbers has shown."""
    targets: tuple[TargetSuggestion, ...] = ()

    def find(self, name: str) -> ColumnProfile | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def personal(self) -> tuple[ColumnProfile, ...]:
        """Columns that name persons by themselves."""
        return tuple(column for column in self.columns if column.is_personal)

    @property
    def telling(self) -> tuple[ColumnProfile, ...]:
        """Columns that name nobody and together may tell who a row is about; none when all are of one kind."""
        found = tuple(column for column in self.columns if column.is_indirect)
        return found if len({column.personal.kind for column in found if column.personal}) > 1 else ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the file and its columns were read, where a person may have meant something else."""
        noted = ((note, column.name) for column in self.columns for note in column.notes)
        return (*self.source.notes, *_of_columns(noted))

    @property
    def about_persons(self) -> tuple[str, ...]:
        """Columns in which something personal was found, those of one kind together."""
        found = (
            (f"personal data ({column.personal.kind.replace('_', ' ')})", column.name)
            for column in self.columns
            if column.personal
        )
        return _of_columns(found)

    @property
    def may_be_shown(self) -> bool:
        """Whether no row of the table tells who it is about."""
        return not self.personal and not self.telling


def _of_columns(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    columns: dict[str, list[str]] = {}
    for remark, name in said:
        columns.setdefault(remark, []).append(name)
    return tuple(f"{_some(names)}: {remark}" for remark, names in columns.items())


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(map(repr, names[:_NAMED]))}{more}"


class Leak(Value):
    """A column that alone tells the target, so that it probably is the target in other words."""

    column: str
    score: float
    """Share of what was uncertain about the target that the column removes."""


class DatasetView(Value):
    """A profile with what the table says about one target: all that a design needs of it."""

    dataset_id: str
    name: str
    """The file's name."""
    sha256: str
    bytes: int
    profile: DatasetProfile
    target: str
    task: TableTask
    rows: int
    """Rows with a target."""
    classes: dict[str, int] = {}
    """Rows of each class, the most frequent first; empty for a number."""
    leaks: tuple[Leak, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    """At most 200 real rows in the order of the columns; none when rows may tell who they are about."""

    @property
    def left_out(self) -> dict[str, str]:
        """Columns that nothing should be learned from, with the reason."""
        leaks = {leak.column for leak in self.leaks}
        reasons = {column.name: _reason(column, leaks) for column in self.profile.columns}
        return {name: reason for name, reason in reasons.items() if reason and name != self.target}

    @property
    def imbalance(self) -> float:
        """How many times as frequent the largest class is as the smallest; 1 for a number."""
        return max(self.classes.values()) / min(self.classes.values()) if self.classes else 1.0


def _reason(column: ColumnProfile, leaks: set[str]) -> str:
    if column.is_personal:
        return "they hold personal data"
    if column.name in leaks:
        return (
            "each alone tells the target and probably is the target in other words "
            "(add them to data/schema.json if they are known before the prediction)"
        )
    if column.kind == "nested":
        return "they hold lists, objects or bytes"
    if column.kind == "empty" or column.constant:
        return "they have the same value in every row"
    return ""


class DatasetChoice(Value):
    """What a run remembers of its dataset."""

    id: str
    sha256: str
    profile_key: str
    """Where the view is stored."""
    target: str
    task: TableTask


class Dataset(Value):
    """An uploaded table."""

    id: str
    organisation_id: str
    name: str
    format: DatasetFormat
    sha256: str
    bytes: int
    rows: int
    columns: int
    profile_key: str
    created_by: str
    created_at: datetime


class UploadLimits(Value):
    """What may be uploaded."""

    bytes: int = Field(default=200_000_000, gt=0)
