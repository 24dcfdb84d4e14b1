"""Which tests one worker runs one after the other; all others go to whichever worker is free.

pytest-xdist writes the name of an `xdist_group` where pytest 9.2 no longer reads it, so its groups are torn apart and
nobody is told; here the module decides.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/journeys/test_main_job.py", "tests/unit/cli/test_bench.py")
"""Modules whose tests share one costly preparation."""
GALLERY = "tests/browser/gallery_views/"
"""Modules below it share one server full of designs, and one browser."""


class ModulesTogether(LoadScopeScheduling):  # type: ignore[misc]
    """Tests of a module that is named above stay together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module.startswith(GALLERY):
            return GALLERY
        return module if module in TOGETHER else nodeid
