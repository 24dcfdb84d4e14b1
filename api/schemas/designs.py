"""Starting a design, and decision sets, as the API shows and takes them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.schemas.body import Body
from api.schemas.gates import GateRead
from libs.datasets.models import DatasetChoice, TableTask
from libs.projects.models import Artifact, DecisionSet, DecisionSetStatus, ListedDecisionSet
from libs.projects.names import TITLE_LIMIT
from libs.runs.models import Approval
from libs.workflow.evidence import Attached
from libs.workflow.service import Beginning, DesignOptions, StartDesign

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TITLE_LIMIT)]


class ChatMessage(Body):
    """A message of the person who asks for the design."""

    role: Literal["user"] = "user"
    content: str


class ChatCreate(Body):
    """A brief: for a new design, with `decision_set_id` for the next version of one, with `fork_of` in place of its."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["message"]}, {"required": ["messages"]}]}
    )

    project_id: str | None = Field(default=None, max_length=80)
    decision_set_id: str | None = Field(default=None, max_length=80)
    fork_of: str | None = Field(default=None, max_length=80)
    """The design that is begun again with other messages, in its project, from its parent and with its table;
    not together with `decision_set_id`."""
    message: str | None = None
    messages: list[str | ChatMessage] | None = Field(default=None, min_length=1, max_length=20)
    dataset_id: str | None = Field(default=None, max_length=80)
    target: str | None = Field(default=None, max_length=200)
    """The column to predict; only together with `dataset_id`."""
    constraints: dict[str, Any] = {}
    """Field → value, as filled into a form: answers before the first question (`/api/constraints/fields`)."""
    options: DesignOptions = DesignOptions()

    @model_validator(mode="after")
    def _one_brief(self) -> "ChatCreate":
        if (self.message is None) == (self.messages is None):
            raise ValueError("send either `message` or `messages`")
        if self.target is not None and self.dataset_id is None:
            raise ValueError("`target` names a column of a dataset; send `dataset_id` too")
        return self

    def to_request(self, dataset: DatasetChoice | None = None) -> StartDesign:
        texts = [self.message] if self.message is not None else self.messages or []
        return StartDesign(
            messages=tuple(m.content if isinstance(m, ChatMessage) else m for m in texts),
            project_id=self.project_id,
            decision_set_id=self.decision_set_id,
            fork_of=self.fork_of,
            dataset=dataset,
            constraints=self.constraints,
            options=self.options,
        )


class ChatRead(BaseModel):
    """Where to look from now on."""

    decision_set_id: str
    thread_id: str
    run_id: str
    job_id: str
    status: str


class RestoreRead(BaseModel):
    """The new version with the design and the files of an earlier one."""

    decision_set_id: str
    thread_id: str
    run_id: str
    job_id: str | None
    """None: there was nothing to work on."""
    status: str


class DecisionSetPatch(Body):
    """Changes of a decision set; what is left out stays."""

    title: Title | None = None
    pinned: bool | None = None
    archived: bool | None = None


class DesignDataset(BaseModel):
    """The table that a design is made for."""

    id: str
    name: str | None
    """Null when the table was removed."""
    target: str
    task: TableTask


class DecisionSetRead(BaseModel):
    """One version of a project's design."""

    id: str
    project_id: str
    parent_id: str | None
    forked_from: str | None
    line_id: str
    """The first design that this one goes back to; versions count inside the line."""
    version: int
    thread_id: str
    run_id: str
    status: DecisionSetStatus
    title: str
    constraints: list[dict[str, Any]]
    plan_sha256: str | None
    payload_sha256: str | None
    summary: dict[str, Any]
    created_by: str
    created_at: datetime
    updated_at: datetime
    pinned: bool
    archived: bool
    messages: list[str]
    """What was sent when it started; a child version also knows what its parent was told."""
    dataset: DesignDataset | None
    gate: GateRead | None = None
    """The gate that waits for a decision, if one does."""

    @classmethod
    def of(
        cls,
        decision_set: DecisionSet,
        beginning: Beginning,
        dataset: DesignDataset | None,
        waiting: Approval | None,
    ) -> "DecisionSetRead":
        return cls.model_validate(
            {
                **decision_set.model_dump(exclude={"organisation_id", "lock_version"}),
                "messages": beginning.messages,
                "dataset": dataset.model_dump() if dataset else None,
                "gate": GateRead.of(waiting).model_dump() if waiting else None,
            }
        )


class DecisionSetSummary(BaseModel):
    """A decision set in a list."""

    id: str
    project_id: str
    project_name: str
    parent_id: str | None
    forked_from: str | None
    line_id: str
    """The first design that this one goes back to; versions count inside the line."""
    version: int
    run_id: str
    status: DecisionSetStatus
    title: str
    summary: dict[str, Any]
    created_by: str
    created_at: datetime
    updated_at: datetime
    pinned: bool
    archived: bool

    @classmethod
    def of(cls, listed: ListedDecisionSet) -> "DecisionSetSummary":
        shown = {
            name: getattr(listed.decision_set, name) for name in cls.model_fields if name != "project_name"
        }
        return cls.model_validate({**shown, "project_name": listed.project_name})


class ArtifactRead(BaseModel):
    """A named object that belongs to a decision set."""

    id: str
    decision_set_id: str
    run_id: str
    name: str
    kind: str
    sha256: str
    bytes: int
    content_type: str
    created_at: datetime
    download: str
    """Path of the download."""

    @classmethod
    def of(cls, artifact: Artifact) -> "ArtifactRead":
        return cls.model_validate(
            {
                **artifact.model_dump(exclude={"organisation_id", "project_id"}),
                "download": f"/api/artifacts/{artifact.id}/download",
            }
        )


class EvidenceRead(BaseModel):
    """A record of a run that is kept, and what it says in sentences."""

    artifact: ArtifactRead
    package: str
    says: list[str]

    @classmethod
    def of(cls, attached: Attached) -> "EvidenceRead":
        return cls(
            artifact=ArtifactRead.of(attached.artifact), package=attached.package, says=list(attached.says)
        )


class RepositoryFile(BaseModel):
    """One file of the generated repository."""

    path: str
    bytes: int
    sha256: str


class RepositoryFiles(BaseModel):
    """What is in the repository that can be downloaded."""

    artifact: ArtifactRead
    files: list[RepositoryFile]
