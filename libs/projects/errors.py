"""What can go wrong with projects and their designs."""

from libs.core.errors import Conflict, Invalid, NotFound


class ProjectNotFound(NotFound):
    """There is no such project."""

    code = "projects.project_not_found"


class DecisionSetNotFound(NotFound):
    """There is no such decision set."""

    code = "projects.decision_set_not_found"


class ArtifactNotFound(NotFound):
    """There is no such artifact."""

    code = "projects.artifact_not_found"


class ProjectNameTaken(Conflict):
    """A project with that name exists already."""

    code = "projects.name_taken"


class ProjectDeleted(Conflict):
    """The project was deleted; nothing new starts in it."""

    code = "projects.project_deleted"


class DecisionSetChanged(Conflict):
    """The decision set changed since it was read."""

    code = "projects.decision_set_changed"


class DecisionSetWorking(Conflict):
    """The run of the decision set is still working."""

    code = "projects.decision_set_working"


class ArtifactDamaged(Invalid):
    """The stored bytes are not the ones that were recorded."""

    code = "projects.artifact_damaged"
