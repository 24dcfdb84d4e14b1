"""Projects as the API shows and takes them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from api.schemas.body import Body
from libs.projects.models import GatePolicy, Project
from libs.projects.names import NAME_LIMIT

ProjectName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LIMIT)]


class ProjectCreate(Body):
    """A new project."""

    name: ProjectName
    gate_policy: GatePolicy | None = None


class ProjectPatch(Body):
    """Changes of a project; what is left out stays."""

    name: ProjectName | None = None
    gate_policy: GatePolicy | None = None
    archived: bool | None = None
    pinned: bool | None = None


class ProjectRead(BaseModel):
    """A named series of designs."""

    id: str
    name: str
    gate_policy: GatePolicy
    created_at: datetime
    archived: bool
    pinned: bool

    @classmethod
    def of(cls, project: Project) -> "ProjectRead":
        return cls(**project.model_dump(exclude={"organisation_id"}))
