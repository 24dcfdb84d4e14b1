"""What follows from each stated field in the generated tree: where it is, or why nothing changes for it."""

from collections.abc import Callable

from libs.codegen import wording
from libs.codegen.manifest_adapters import STREAMS
from libs.codegen.models import Blueprint
from libs.codegen.parts import sizes_of
from libs.codegen.schedules import silent_hours
from libs.codegen.success import success_words
from libs.intake.models import FieldName
from libs.planning.models import Slot

Consequence = Callable[[Blueprint], str]
_SIZES = "infra/envs/prod/locals.tf"


def consequence(field: str, bp: Blueprint) -> str:
    """One sentence for a field; an empty text for a name that is no field."""
    return next((CONSEQUENCES[known](bp) for known in CONSEQUENCES if known == field), "")


def _chosen(slot: Slot, otherwise: str) -> Consequence:
    """The option that was chosen with the field in mind."""

    def words(bp: Blueprint) -> str:
        component = bp.components.get(slot)
        return otherwise if component is None else f"{slot} is {component.title}"

    return words


def _sized(*slots: Slot, otherwise: str) -> Consequence:
    """The sizes that were worked out from the field."""

    def words(bp: Blueprint) -> str:
        sizes = sizes_of(bp, "prod")
        told = "; ".join(f"{slot}: {wording.size(sizes[slot])}" for slot in slots if sizes.get(slot))
        return f"{_SIZES} sizes {told}" if told else otherwise

    return words


def _task(bp: Blueprint) -> str:
    if bp.task == "retrieval":
        return "nothing is learned: answers are found in documents, config/base.yaml names the metric"
    return f"config/base.yaml and pipeline.json: a {bp.task} of {bp.target}, judged by {bp.metric}"


def _workloads(bp: Blueprint) -> str:
    if bp.archetype != "online_api":
        return "batches are written on a schedule; nobody waits for an answer"
    if bp.option("serve") in STREAMS:
        return "events are scored as they arrive; training runs as a pipeline of its own"
    pipeline = "documents are indexed" if bp.corpus else "training runs"
    return f"an API answers while the caller waits; {pipeline} in a pipeline of its own"


def _latency(bp: Blueprint) -> str:
    if bp.archetype != "online_api":
        return "nobody waits for a batch: the schedule counts, no alarm watches single rows"
    if bp.option("serve") in STREAMS:
        return "monitoring/slo.yaml holds it, an alarm watches how long events wait"
    return "monitoring/slo.yaml holds it, an alarm watches it"


def _availability(bp: Blueprint) -> str:
    if bp.archetype == "online_api":
        watched = "how long events wait" if bp.option("serve") in STREAMS else "the share of errors"
        return f"monitoring/slo.yaml holds it; an alarm watches {watched}"
    silent = silent_hours(bp.scoring_schedule)
    if silent is None:
        return (
            "monitoring/slo.yaml holds it for batches in time; no alarm looks back from one batch to the next"
        )
    waited = wording.counted(silent, "hours")
    return f"monitoring/slo.yaml holds it for batches in time; an alarm rings after {waited} without one"


def _budget(bp: Blueprint) -> str:
    if bp.budget_usd_month is None:
        return "the cost alarm of prod follows from the bill in docs/cost.md"
    return f"the cost alarm of prod warns at it ({_SIZES}); docs/cost.md holds the bill against it"


def _logs(bp: Blueprint) -> str:
    return f"logs and audit trails are kept {bp.retention_days} days (config/base.yaml)"


def _data_class(bp: Blueprint) -> str:
    return f"every resource carries the tag data-classification = {bp.data_classification}; {_logs(bp)}"


def _gpu(bp: Blueprint) -> str:
    if bp.workload == "rag" and "instance_type" not in bp.components["llm"].size:
        return "nothing here computes on a GPU: the provider of the language model does"
    return _sized("serve", "train", "llm", otherwise="the chosen parts have no size of their own")(bp)


def _training(bp: Blueprint) -> str:
    done, name = ("documents are indexed", "reindex") if bp.corpus else ("the model is trained", "retrain")
    if not bp.training_schedule:
        return f"{done} on demand: no schedule starts it"
    return f"{done} by {bp.training_schedule} (UTC): pipelines/{name}.yaml and infra/envs/prod/ml.tf"


def _scoring(bp: Blueprint) -> str:
    if not bp.scoring_schedule:
        return "nothing is scored in batches here: the API answers at once"
    return f"batches run by {bp.scoring_schedule} (UTC): pipelines/score.yaml and infra/envs/prod/ml.tf"


def _cloud(bp: Blueprint) -> str:
    asked = next((each.value for each in bp.requirements if each.field == "cloud"), "aws")
    if asked == "aws":
        return "Terraform for AWS"
    return f"not followed: designs are made for AWS, so everything runs there in {bp.region}"


def _explained(bp: Blueprint) -> str:
    if bp.corpus:
        return "every answer shows the sentences that it rests on, word for word"
    if bp.stated.explainability == "per_prediction":
        return "service and batch prediction give each column's share when asked with explain"
    return "every training run writes work/explain/, what the model relies on"


def _sources(bp: Blueprint) -> str:
    return f"ingest is {bp.components['ingest'].title}" if "ingest" in bp.components else "files are read"


def _formats(bp: Blueprint) -> str:
    if bp.corpus:
        return "the pipeline reads Markdown, text, HTML, CSV, JSON Lines and PDF; turn anything else into one of them"
    return "the pipeline reads CSV and Parquet: what fills the landing bucket turns other formats into one of them"


def _personal(bp: Blueprint) -> str:
    return "docs/data_card.md says how a person is removed; no log and no sample holds them"


def _regions(bp: Blueprint) -> str:
    here = f"every environment and its state are in {bp.region}"
    if bp.option("serve") != "ecs_fargate_two_regions":
        return here
    return f"{here}; the service, its models and its features are in a second region as well"


def _residency(bp: Blueprint) -> str:
    if bp.option("serve") == "ecs_fargate_two_regions":
        return f"everything runs in {bp.region} and in a second region; checks in infra/envs warn of others"
    return f"everything runs in {bp.region}; a check in infra/envs warns of another region"


def _retention(bp: Blueprint) -> str:
    kept = wording.counted(bp.data_retention_days, "days")
    expires = f"infra/envs/prod: landed and curated data expires after {kept}"
    if bp.option("ingest") == "dms_replication":
        expires += "; rows that the source still has are written anew"
    if bp.option("store") == "redshift_serverless":
        expires += "; rows in Amazon Redshift stay until somebody deletes them"
    return expires


def _stack(bp: Blueprint) -> str:
    return "an option that fits was preferred where the price allowed; docs/adr says where"


def _skills(bp: Blueprint) -> str:
    return "nothing was ruled out for lack of a skill; the hours of operation assume learning what is new"


def _recovery(bp: Blueprint) -> str:
    return "stores that cannot keep it were ruled out (docs/adr); docs/runbooks/incident.md names the promise"


def _window(bp: Blueprint) -> str:
    window = bp.stated.window
    if window is None:
        return "docs/runbooks/deploy.md: people hold to it, because its days and hours cannot be told"
    return f"the pipeline refuses to deploy prod outside {window.words}"


def _peak(bp: Blueprint) -> str:
    if bp.archetype != "online_api":
        return "a batch has no peak: its size follows from the rows of a run"
    return _sized("serve", otherwise="the service grows and shrinks by itself")(bp)


def _season(bp: Blueprint) -> str:
    return "the stated peak counts for the sizes; run the load test before each season"


def _growth(bp: Blueprint) -> str:
    if bp.archetype != "online_api":
        return "a batch takes longer with more rows; nothing is kept ready for it"
    return _sized("serve", otherwise="the service has no upper size to raise")(bp)


def _users(bp: Blueprint) -> str:
    return "shown in docs/architecture.md; sizes follow from the request rate, not from how many people there are"


def _team(bp: Blueprint) -> str:
    return "no file depends on it: the hours of operation are held against it (reports/matrix.md)"


def _tokens(words: Callable[[int, int], str]) -> Consequence:
    def told(bp: Blueprint) -> str:
        if bp.tokens is None:
            return "there is no language model in this design"
        return words(bp.tokens.prompt, bp.tokens.answer)

    return told


_context = _tokens(
    lambda prompt, _: f"models with less room were ruled out; prompts are planned with {prompt} tokens"
)
_input = _tokens(lambda prompt, _: f"config/base.yaml: prompts of {prompt} tokens; config/rag.yaml: passages")
_output = _tokens(lambda _, answer: f"config/rag.yaml: an answer ends after {answer} tokens")

CONSEQUENCES: dict[FieldName, Consequence] = {
    "ml_task": _task,
    "workloads": _workloads,
    "latency_ms_p95": _latency,
    "throughput_rps": _sized("serve", otherwise="the service has no size of its own"),
    "predictions_per_day": _sized("serve", otherwise="it counts for the bill in docs/cost.md"),
    "budget_usd_month": _budget,
    "regions": _regions,
    "compliance": _logs,
    "data_classification": _data_class,
    "availability_pct": _availability,
    "deployment_preference": _chosen("serve", "nothing is served"),
    "gpu_needed": _gpu,
    "data_volume_gb": _sized("store", "process", otherwise="the store grows with what it holds"),
    "training_frequency": _training,
    "scoring_frequency": _scoring,
    "cloud": _cloud,
    "team_size": _team,
    "success_metric": success_words,
    "success_target": success_words,
    "explainability": _explained,
    "data_sources": _sources,
    "data_formats": _formats,
    "personal_data": _personal,
    "residency": _residency,
    "retention_days": _retention,
    "existing_stack": _stack,
    "ci_provider": _chosen("cicd", "no pipeline is generated"),
    "team_skills": _skills,
    "rpo_minutes": _recovery,
    "rto_minutes": _recovery,
    "maintenance_window": _window,
    "peak_factor": _peak,
    "seasonality": _season,
    "growth_pct_year": _growth,
    "model_size_gb": _sized("serve", otherwise="the chosen service has no size of its own"),
    "model_parameters_b": _sized("llm", otherwise="the provider of the model sizes it"),
    "llm_hosting": _chosen("llm", "there is no language model in this design"),
    "context_tokens": _context,
    "input_tokens": _input,
    "output_tokens": _output,
    "users": _users,
}
"""Every field of a brief."""
