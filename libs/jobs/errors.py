"""What can go wrong with jobs."""

from libs.core.errors import Conflict, NotFound


class JobNotFound(NotFound):
    """There is no such job."""

    code = "jobs.not_found"


class LeaseLost(Conflict):
    """The job is no longer held under this lease; nothing may be written for it."""

    code = "jobs.lease_lost"


class JobNotDead(Conflict):
    """Only a job in the dead letters can be retried by hand."""

    code = "jobs.not_dead"


class JobCancelled(Conflict):
    """The job was cancelled while it ran."""

    code = "jobs.cancelled"
