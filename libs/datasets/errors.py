"""What can go wrong with datasets."""

from typing import ClassVar

from libs.core.errors import Invalid, NotFound


class DatasetNotFound(NotFound):
    """There is no such dataset."""

    code = "datasets.dataset_not_found"


class DatasetTooLarge(Invalid):
    """The file is larger than what is accepted."""

    code = "datasets.upload_too_large"


class UploadMalformed(Invalid):
    """The upload cannot be read as a form with one file."""

    code = "datasets.upload_malformed"


class TargetUnusable(Invalid):
    """The column cannot be predicted."""

    code = "datasets.target_unusable"


class ProfilingFailed(Invalid):
    """The file could not be examined."""

    code = "datasets.profiling_failed"


class DatasetRefused(Invalid):
    """The file is no table that can be used."""

    code = "datasets.refused"
    codes: ClassVar[frozenset[str]] = frozenset(
        {
            "datasets.empty",
            "datasets.no_rows",
            "datasets.format_unknown",
            "datasets.unreadable",
            "datasets.ragged",
            "datasets.too_wide",
            "datasets.too_large",
        }
    )

    @classmethod
    def of(cls, code: str, message: str, advice: str, facts: dict[str, object]) -> "DatasetRefused":
        """The refusal that an examination ended with; a code that is not on the list is not passed on."""
        error = cls(message[:1000], advice=f"Nothing was kept. {advice[:500]}", **_plain(facts))
        if code in cls.codes:
            # The class names the kind; each instance says which of the refusals it is.
            error.code = code  # type: ignore[misc]
        return error


def _plain(facts: dict[str, object]) -> dict[str, object]:
    """Facts that cannot be mistaken for the error's own arguments."""
    return {key: value for key, value in facts.items() if key in ("lines", "rows", "expected")}
