"""What can go wrong with the story of a run."""

from libs.core.errors import Conflict, Invalid, NotFound


class RunNotFound(NotFound):
    """There is no such run."""

    code = "events.run_not_found"


class RunClosed(Conflict):
    """The run is complete; nothing can be added to its story."""

    code = "events.run_closed"


class CursorAhead(Invalid):
    """That event number has not been reached yet; start again without it."""

    code = "events.cursor_ahead"
