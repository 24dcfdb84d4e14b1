"""What flows through the graph: plain JSON values, small; contents are in the object store under their digest."""

from typing import Any, TypedDict

Json = dict[str, Any]
RefJson = dict[str, Any]
"""`{sha256, bytes, kind}` of an object in the store."""


class DesignState(TypedDict, total=False):
    """Every key has one writer at a time; there are no reducers."""

    messages: list[RefJson]
    """The texts of the person, in the order in which they came."""
    as_of: str
    """ISO date for price ages and waivers."""
    name: str
    """What a person calls the repository; may be empty."""
    project: str
    """What the repository of an earlier version is called; empty when there is none."""
    parent_id: str | None
    dataset: Json | None
    """`{id, sha256, profile_key, target, task}` of the table to design for."""
    asked: bool
    """Whether a system was asked for by answers, in this version or one before, whatever the texts say."""
    answers: Json
    """Field → typed answer, all rounds together."""
    edits: Json
    """Field → new value or null, all rounds together."""
    forced: dict[str, str]
    """Slot → option that a person chose."""
    assumed: dict[str, float]
    """Planning assumption → value that a person gave it."""
    waivers: list[Json]
    """Failing rules that a person accepted at a gate: rule, owner, reason, expiry; in no rule twice."""
    settled: list[str]
    """Questions and conflicts that a person saw and let pass: `question:<field>`, `conflict:<code>`."""
    constraints: RefJson
    coverage: Json
    gate_request: RefJson
    gate: Json
    """The latest decision and who took it."""
    plan: RefJson | None
    cost: RefJson | None
    infeasible: bool
    findings_tech: RefJson
    findings_cost: RefJson
    policy: RefJson
    verdict: str
    """Of policy_eval: `go`, `replan` or `blocked`."""
    excluded: list[list[str]]
    """Counterexamples: [slot, option] pairs that a critic or policy refused."""
    replans: int
    payload: RefJson
    attempts: list[Json]
    """Each round of codegen and checks: payload digest, the checks that were red, their gravest open findings, and a
    reference to all results."""
    checks: RefJson
    verified: str
    """Of validators: `green`, `red` or `stuck`."""
    rationale: RefJson
    outcome: str
    """`done` or `rejected`, once the run has ended."""
