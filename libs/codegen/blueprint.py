"""A plan becomes typed template answers: names, task, data contract, schedules, records."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from libs.codegen import naming, schedules, wording
from libs.codegen.corpora import Corpus, choose_corpus, corpora
from libs.codegen.datacontract import TabularTask, choose_contract
from libs.codegen.decisions import decision_records
from libs.codegen.manifest_adapters import STREAMS
from libs.codegen.models import Blueprint, ColumnAnswer, ComponentAnswer, RequirementAnswer
from libs.codegen.retention import Retention, retention
from libs.codegen.retrieval import PASSAGE_COLUMNS, token_answer
from libs.codegen.stated import stated_answer
from libs.codegen.table_contract import TableAnswers
from libs.codegen.tasks import TaskMapping, map_task
from libs.codegen.titles import title_of, wish_of
from libs.intake.models import Constraint, FieldName, ScoringFrequency
from libs.planning.models import Component, Plan, Requirements

_EQUALLY_NAMED: tuple[FieldName, ...] = (
    "ml_task",
    "latency_ms_p95",
    "throughput_rps",
    "predictions_per_day",
    "budget_usd_month",
    "compliance",
    "data_classification",
    "availability_pct",
    "deployment_preference",
    "gpu_needed",
    "data_volume_gb",
    "training_frequency",
    "cloud",
    "team_size",
)


_METRICS: dict[str, Literal["roc_auc", "rmse", "recall_at_k"]] = {
    "classification": "roc_auc",
    "regression": "rmse",
    "retrieval": "recall_at_k",
}


class _Described(NamedTuple):
    """What the rows are: as declared, as uploaded, or the passages of documents."""

    domain: str
    title: str
    target: str
    columns: tuple[ColumnAnswer, ...]
    assumptions: tuple[str, ...]


class _Choices(NamedTuple):
    """What was chosen on top of the plan."""

    mapping: TaskMapping
    described: _Described
    corpus: Corpus | None
    """The synthetic documents; None when a table is learned from."""
    keep: Retention
    scored: ScoringFrequency | None


def build_blueprint(
    plan: Plan,
    constraints: Sequence[Constraint],
    *,
    name: str,
    brief_title: str,
    project: str = "",
    data: TableAnswers | None = None,
) -> Blueprint:
    """The answers a repository is rendered from; the same arguments give the same answers.

    Args:
        plan: the approved plan.
        constraints: with their provenance; fields without one are shown as the plan assumed them.
        name: what the project is called; what the brief asks for stands in for an empty one.
        brief_title: the brief, or its title.
        project: what the repository of an earlier version is called. Resources in the cloud and the Python package
            carry that name, so it is kept where `name` asks for no other.
        data: what an uploaded table says; without it a declared schema is chosen by the words of the brief.

    Returns:
        A blueprint whose names are safe in paths, Python and AWS.
    """
    needs = plan.requirements
    unused = data if needs.ml_task == "llm_rag" else None
    data = None if unused else data
    mapping = map_task(needs.ml_task) if data is None else TaskMapping(data.task, "")
    corpus: Corpus | None = None
    if mapping.task == "retrieval":
        corpus = corpora()[choose_corpus(f"{name} {brief_title}")]
        described = _documents(corpus, unused)
    elif data is not None:
        described = _uploaded(data)
    else:
        described = _declared(brief_title, name, needs, mapping.task, constraints)
    choices = _Choices(
        mapping=mapping,
        described=described,
        corpus=corpus,
        keep=retention(needs.compliance, needs.data_classification),
        scored=_scored(plan),
    )
    asked = title_of(brief_title)
    title = asked or wish_of(brief_title) or f"{mapping.task.capitalize()} of {choices.described.title}"
    suffix = "api" if needs.archetype == "online_api" else "scoring"
    derived = project or asked or f"{choices.described.domain} {suffix}"
    project = naming.project_name(name if naming.slug(name) else derived)
    return Blueprint(
        project=project,
        package=naming.package_name(project),
        title=title,
        summary=_summary(plan, choices),
        archetype=needs.archetype,
        task=mapping.task,
        ml_task=needs.ml_task,
        target=choices.described.target,
        metric=_METRICS[mapping.task],
        columns=choices.described.columns,
        sample=data.sample if data is not None else "",
        telling=data.telling if data is not None else (),
        region=needs.region,
        components={component.slot: _component_answer(component) for component in plan.components},
        latency_ms_p95=needs.latency_ms_p95,
        throughput_rps=needs.throughput_rps,
        predictions_per_day=needs.predictions_per_day,
        availability_pct=needs.availability_pct,
        budget_usd_month=needs.budget_usd_month,
        expected_usd_month=round(plan.cost.expected_usd, 2),
        compliance=needs.compliance,
        data_classification=needs.data_classification,
        retention_days=choices.keep.days,
        training_schedule=schedules.training_expression(needs.training_frequency),
        scoring_schedule="" if choices.scored is None else schedules.scoring_expression(choices.scored),
        corpus=corpus.domain if corpus else "",
        tokens=token_answer(plan) if corpus else None,
        training_gb=_training_gb(plan),
        stated=stated_answer(constraints),
        assumptions=tuple(dict.fromkeys(_assumptions(plan, choices))),
        requirements=tuple(_requirements(needs, constraints)),
        decisions=decision_records(plan),
    )


def _declared(
    brief: str, name: str, needs: Requirements, task: TabularTask, constraints: Sequence[Constraint]
) -> _Described:
    contract = choose_contract(brief, needs.ml_task, task, emphasis=_emphasis(name, constraints))
    return _Described(
        domain=contract.domain,
        title=contract.title,
        target=contract.targets[task].name,
        columns=contract.columns_for(task),
        assumptions=(
            f"The data contract is the declared schema for {contract.title}; the sample is synthetic and follows it.",
        ),
    )


def _documents(corpus: Corpus, unused: TableAnswers | None) -> _Described:
    assumptions = [
        f"The sample corpus is synthetic: {corpus.title} and questions about them, until yours replace it."
    ]
    if unused is not None:
        rows = wording.one_line(unused.title, 120)
        assumptions.append(
            f"The uploaded table is not used: answers come from documents, and nothing is learned from {rows}. "
            f"Ask for a {unused.task} to learn from it."
        )
    return _Described(
        domain=corpus.domain,
        title=corpus.title,
        target=next(column.name for column in PASSAGE_COLUMNS if column.role == "target"),
        columns=PASSAGE_COLUMNS,
        assumptions=tuple(assumptions),
    )


def _uploaded(data: TableAnswers) -> _Described:
    assumptions = tuple(wording.one_line(assumption, 600) for assumption in data.assumptions)
    title = wording.one_line(f"{data.target} in {data.title}", 120)
    return _Described(naming.slug(data.target) or "table", title, data.target, data.columns, assumptions)


def _emphasis(name: str, constraints: Sequence[Constraint]) -> str:
    quotes = (c.quote.text for c in constraints if c.field == "ml_task" and c.quote)
    return " ".join((name, *quotes))


def _scored(plan: Plan) -> ScoringFrequency | None:
    needs = plan.requirements
    return None if needs.archetype == "online_api" else needs.scoring_frequency


def _component_answer(component: Component) -> ComponentAnswer:
    return ComponentAnswer(
        slot=component.slot,
        option=component.option,
        title=wording.one_line(component.title, 120),
        size=component.size,
        why=wording.one_line(component.why, 400),
        monthly_usd=None if component.monthly_usd is None else round(component.monthly_usd, 2),
        generated=component.generated,
    )


def _training_gb(plan: Plan) -> float | None:
    return next((figure.value for figure in plan.figures if figure.name == "training_gb_most"), None)


def _summary(plan: Plan, choices: _Choices) -> str:
    needs = plan.requirements
    if choices.corpus:
        return _answering_summary(plan, choices)
    learns = f"a {choices.mapping.task} of {choices.described.title}"
    trained = (
        "trained on demand"
        if needs.training_frequency == "on_demand"
        else f"trained {needs.training_frequency.replace('_', ' ')}"
    )
    if choices.scored is None:
        latency = f" within {wording.number(needs.latency_ms_p95)} ms at p95" if needs.latency_ms_p95 else ""
        rate = needs.throughput_rps
        kind = f"An online API that serves up to {wording.counted(rate, 'requests/s')}{latency}"
        if any(component.option in STREAMS for component in plan.components):
            kind = f"A reader of a stream that scores up to {wording.counted(rate, 'events/s')}{latency}"
    else:
        rhythm = schedules.scoring_words(choices.scored)
        kind = f"A batch that scores {wording.counted(needs.predictions_per_day, 'rows')} a day, {rhythm}"
    return f"{kind}: {learns}, {trained}, in {needs.region} on AWS."


def _answering_summary(plan: Plan, choices: _Choices) -> str:
    needs = plan.requirements
    indexed = (
        "indexed on demand"
        if needs.training_frequency == "on_demand"
        else f"indexed {needs.training_frequency.replace('_', ' ')}"
    )
    if choices.scored is None:
        latency = f" within {wording.number(needs.latency_ms_p95)} ms at p95" if needs.latency_ms_p95 else ""
        kind = f"An online API that answers up to {wording.counted(needs.throughput_rps, 'questions/s')}{latency}"
    else:
        rhythm = schedules.scoring_words(choices.scored)
        kind = (
            f"A batch that answers {wording.counted(needs.predictions_per_day, 'questions')} a day, {rhythm}"
        )
    return f"{kind}: every claim cites a passage, documents {indexed}, in {needs.region} on AWS."


def _assumptions(plan: Plan, choices: _Choices) -> Iterator[str]:
    needs = plan.requirements
    for assumption in plan.assumptions:
        yield wording.sentence(assumption)
    if choices.mapping.assumption:
        yield choices.mapping.assumption
    yield from choices.described.assumptions
    missing = [c.title for c in plan.components if not c.generated]
    if missing:
        yield f"Planned and priced, and not part of this repository: {wording.one_line(', '.join(missing))}."
    yield f"Logs and audit trails are kept {choices.keep.days} days: {choices.keep.why}."
    if needs.training_frequency == "continuous" and not choices.corpus:
        yield "Continuous training is a run every hour; a shorter rhythm would not see enough new labels."
    if choices.scored is not None:
        done = "answered" if choices.corpus else "scored"
        yield f"Batches are {done} {schedules.scoring_words(choices.scored)} (UTC)."


def _requirements(needs: Requirements, constraints: Sequence[Constraint]) -> Iterator[RequirementAnswer]:
    by_field = {constraint.field: constraint for constraint in constraints}
    for field in get_args(FieldName):
        constraint = by_field.get(field)
        if constraint is not None:
            yield RequirementAnswer(
                field=field,
                value=wording.constraint_value(field, constraint.value),
                source=constraint.source,
                quote=wording.one_line(constraint.quote.text) if constraint.quote else "",
            )
        elif field == "regions":
            yield RequirementAnswer(
                field=field, value=needs.region, source=needs.sources.get(field, "default")
            )
        elif field in _EQUALLY_NAMED or (field == "scoring_frequency" and needs.archetype == "batch_scoring"):
            value = wording.constraint_value(field, getattr(needs, field))
            yield RequirementAnswer(field=field, value=value, source=needs.sources.get(field, "default"))
