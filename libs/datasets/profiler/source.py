"""How a file was read."""

from dataclasses import dataclass, field


@dataclass
class Source:
    """Facts about the file that its columns do not tell."""

    format: str
    rows: int
    duplicates: int
    header_rows: int = 1
    encoding: str = ""
    """Empty where the format fixes it."""
    delimiter: str = ""
    sheet: str = ""
    notes: list[str] = field(default_factory=list)
    nested: frozenset[str] = frozenset()
    """Columns of lists, objects or bytes, which were turned into text."""
    original: list[str] = field(default_factory=list)
    """The header as the file has it; empty where it is the names."""
