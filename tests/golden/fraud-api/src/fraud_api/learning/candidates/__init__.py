"""The one list of models that are tried; a new one is a file here and a line below."""

from __future__ import annotations

from ...running.errors import UsageError
from . import extra_trees, hist_gradient_boosting, lightgbm_trees, linear
from .candidate import Candidate

CANDIDATES: dict[str, Candidate] = {
    candidate.name: candidate
    for candidate in (
        linear.CANDIDATE,
        lightgbm_trees.CANDIDATE,
        hist_gradient_boosting.CANDIDATE,
        extra_trees.CANDIDATE,
    )
}


def get_candidate(name: str) -> Candidate:
    """The candidate of a name.

    Raises:
        UsageError: the plan names one that is not in the list.
    """
    if name not in CANDIDATES:
        known = ", ".join(CANDIDATES)
        raise UsageError(f"the plan names the candidate {name!r}; known are {known}")
    return CANDIDATES[name]
