"""The different texts of a column with how often each occurs, and questions about all of them at once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


@dataclass
class Values:
    """Different texts and their counts; never an empty text."""

    texts: Any
    counts: Any

    @classmethod
    def of(cls, cells: Any) -> tuple["Values", int]:
        """The values of a column, and how many of its cells are empty."""
        counted = pc.value_counts(cells)
        texts, counts = counted.field("values"), counted.field("counts").to_numpy(zero_copy_only=False)
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.combine_chunks()
        kept = pc.not_equal(texts, "").to_numpy(zero_copy_only=False)
        return cls(texts.filter(pa.array(kept)), counts[kept]), int(counts[~kept].sum())

    @property
    def total(self) -> int:
        """Cells that hold something."""
        return int(self.counts.sum())

    def __len__(self) -> int:
        return len(self.texts)

    def matching(self, pattern: str) -> Any:
        """Which texts match the regular expression anywhere."""
        return pc.match_substring_regex(self.texts, pattern).to_numpy(zero_copy_only=False)

    def share(self, mask: Any) -> float:
        """Share of the cells whose text is marked."""
        return float(self.counts[mask].sum()) / max(self.total, 1)

    def where(self, mask: Any) -> "Values":
        """The marked texts alone."""
        return Values(self.texts.filter(pa.array(np.asarray(mask, dtype=bool))), self.counts[mask])

    def without(self, literals: set[str]) -> "Values":
        """All but these texts."""
        if not literals:
            return self
        kept = ~pc.is_in(self.texts, value_set=pa.array(sorted(literals), pa.string())).to_numpy(
            zero_copy_only=False
        )
        return self.where(kept)

    def numbers(self) -> Any:
        """The texts as numbers; only after all of them were found to be numbers."""
        # The reader of numbers knows no leading plus and no bare point at the end.
        plain = pc.replace_substring_regex(self.texts, r"^\+", "")
        plain = pc.replace_substring_regex(plain, r"\.$", ".0")
        plain = pc.replace_substring_regex(plain, r"\.([eE])", r".0\1")
        return plain.cast(pa.float64()).to_numpy(zero_copy_only=False)

    def top(self, most: int) -> list[tuple[str, int]]:
        """The most frequent texts, ties by text."""
        if len(self) > 4 * most:
            limit = np.partition(self.counts, -most)[-most]
            found = self.where(self.counts >= limit)
            if len(found) > 20 * most:
                # Nothing is frequent in a column where nearly everything is unique.
                found = Values(found.texts.slice(0, 20 * most), found.counts[: 20 * most])
        else:
            found = self
        pairs = list(zip(found.texts.to_pylist(), map(int, found.counts), strict=True))
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:most]
