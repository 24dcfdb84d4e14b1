"""The one table of which template files belong to which workload, archetype and option."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from libs.codegen.manifest_adapters import ADAPTER_FILES, SPARK_SCORING, serves_http
from libs.codegen.models import Blueprint
from libs.planning.models import Archetype, Slot


@dataclass(frozen=True)
class Binding:
    """Template files that are rendered only for some plans; what no binding names is always rendered."""

    pattern: str
    """Of the template path below its tree; `*` also matches slashes."""
    workload: Literal["tabular", "rag"] | None = None
    archetype: Archetype | None = None
    slot: Slot | None = None
    options: tuple[str, ...] = ()
    """Any of them is enough; of any slot when none is named."""
    http: bool = False
    """Only where predictions are asked for over HTTP."""
    others: tuple[tuple[Slot, tuple[str, ...]], ...] = ()
    """Further slots and options, any of which is enough as well."""
    unless: tuple[str, ...] = ()
    """Patterns of files that it does not mean although the first one names them."""
    without: tuple[str, ...] = ()
    """Options of any slot, none of which the plan may have."""

    def names(self, path: str) -> bool:
        """Whether it is about this template."""
        return fnmatchcase(path, self.pattern) and not any(fnmatchcase(path, each) for each in self.unless)

    def holds(self, bp: Blueprint) -> bool:
        """Whether the plan asks for these files."""
        if self.workload is not None and bp.workload != self.workload:
            return False
        if self.archetype is not None and bp.archetype != self.archetype:
            return False
        if self.http and not serves_http(bp):
            return False
        if any(component.option in self.without for component in bp.components.values()):
            return False
        if self.slot is None:
            return not self.options or any(c.option in self.options for c in bp.components.values())
        if bp.option(self.slot) in self.options:
            return True
        return any(bp.option(slot) in options for slot, options in self.others)


TABULAR_ONLY: tuple[str, ...] = (
    "src/*",
    "tests/*",
    "data/*",
    "docker/*",
    "monitoring/*",
    "pipelines/*",
    "tools/*",
    "config/train.yaml.jinja",
    "docs/model_card.md.jinja",
    "docs/runbooks/retrain.md.jinja",
    "docs/runbooks/drift.md.jinja",
    ".github/workflows/retrain.yml.jinja",
    ".github/workflows/drift.yml.jinja",
)
"""What is about learning from a table; a plan that answers from documents has files of `rag_repo` instead."""
SHARED: tuple[str, ...] = (
    *(
        f"src/__package__/running/{name}.py"
        for name in ("__init__", "errors", "files", "progress", "shards", "stopping")
    ),
    "src/__package__/serve/limits.py",
    "src/__package__/load/*",
    "tests/load/*",
    "tests/unit/test_design.py.jinja",
    "tests/unit/test_stopping.py.jinja",
    "tests/unit/test_tools.py.jinja",
    "tools/evidence.py",
    "tools/manifest.py",
    "tools/verify.py",
    "docker/grafana/*",
    "docker/land.py.jinja",
    "docker/prometheus.yaml.jinja",
    "monitoring/capacity.yaml.jinja",
    "pipelines/control.sh.jinja",
)
"""What both workloads have in common; `rag_repo` may still have its own file in the place of one."""

ML_REPO_BINDINGS: tuple[Binding, ...] = (
    Binding("monitoring/rules.yaml.jinja", archetype="online_api"),
    Binding("monitoring/dashboards/*", archetype="online_api"),
    Binding(".github/*", slot="cicd", options=("github_actions",)),
    Binding(".gitlab-ci.yml.jinja", slot="cicd", options=("gitlab_ci",)),
    Binding("bitbucket-pipelines.yml.jinja", slot="cicd", options=("bitbucket_pipelines",)),
    Binding(".circleci/*", slot="cicd", options=("circleci",)),
    Binding("azure-pipelines.yml.jinja", slot="cicd", options=("azure_pipelines",)),
    Binding("ci/buildspec.yml.jinja", slot="cicd", options=("codepipeline",)),
    Binding("ci/credentials.sh", slot="cicd", options=("bitbucket_pipelines", "circleci")),
    Binding(
        "ci/drift.sh.jinja",
        workload="tabular",
        slot="cicd",
        options=(
            "azure_pipelines",
            "bitbucket_pipelines",
            "circleci",
            "github_actions",
            "gitlab_ci",
            "jenkins_fargate",
        ),
    ),
    Binding(
        "ci/flink.sh",
        slot="serve",
        options=("managed_flink_scoring",),
        others=(("process", ("managed_flink_features",)),),
    ),
    Binding("Jenkinsfile.jinja", slot="cicd", options=("jenkins_fargate",)),
    Binding("ci/image.sh", slot="cicd", options=("jenkins_fargate",)),
    Binding("ci/jenkins/*", slot="cicd", options=("jenkins_fargate",)),
    Binding("monitoring/capacity.yaml.jinja", archetype="online_api"),
    Binding("src/__package__/serve/*", http=True),
    Binding("src/__package__/load/*", archetype="online_api"),
    Binding("src/__package__/monitoring/live.py", http=True),
    Binding("src/__package__/online_features/filling.py", http=True),
    Binding("tests/load/*", archetype="online_api"),
    Binding("tests/integration/test_live_drift.py.jinja", http=True),
    Binding("tests/integration/test_serve.py.jinja", http=True),
    Binding("docker/serve.Dockerfile.jinja", http=True),
    Binding("docker/prometheus.yaml.jinja", archetype="online_api"),
    Binding("docker/grafana/*", archetype="online_api"),
    Binding("pipelines/score.yaml.jinja", archetype="batch_scoring"),
    Binding(
        "tests/integration/test_lake_tables.py.jinja",
        archetype="batch_scoring",
        slot="store",
        options=("s3_lake",),
        without=SPARK_SCORING,
    ),
    *(Binding(pattern, options=options) for pattern, options in ADAPTER_FILES.items()),
    *(Binding(pattern, workload="tabular", unless=SHARED) for pattern in TABULAR_ONLY),
)

_BEDROCK_LLMS = (
    "bedrock_claude_haiku",
    "bedrock_claude_sonnet",
    "bedrock_gpt_oss_120b",
    "bedrock_llama4_maverick",
    "bedrock_nova_lite",
    "bedrock_nova_micro",
    "bedrock_nova_pro",
    "bedrock_qwen3_next",
)
_BEDROCK_EMBEDDINGS = (
    "bedrock_cohere_embed_v4",
    "bedrock_cohere_multilingual",
    "bedrock_titan_embeddings",
    "bedrock_titan_two_regions",
)
_HTTP_EMBEDDINGS = ("self_hosted_embeddings", "self_hosted_embeddings_gpu")
_PGVECTOR = ("aurora_pgvector", "aurora_pgvector_provisioned", "rds_pgvector")
_OPENSEARCH = ("opensearch_managed", "opensearch_serverless")
_JUDGES = ("production_sampling", "rag_evaluation_job", "rag_evaluation_own_judge")
_METRICS = ("bedrock_evaluations", "retrieval_metrics")
_HOSTED_JUDGES: tuple[tuple[Slot, tuple[str, ...]], ...] = (
    ("evaluation", ("production_sampling", "rag_evaluation_job")),
    ("guardrails", ("llm_judge_guard",)),
)

_AWS = Binding(
    "src/__package__/aws.py",
    slot="llm",
    options=(*_BEDROCK_LLMS, "vllm_sagemaker"),
    others=(
        ("embeddings", _BEDROCK_EMBEDDINGS),
        ("vector_store", (*_PGVECTOR, "s3_vectors")),
        ("guardrails", ("bedrock_guardrails", "guard_model_gpu", "llm_judge_guard")),
        ("evaluation", ("bedrock_evaluations", "production_sampling", "rag_evaluation_job")),
    ),
)
"""Whatever calls a service of AWS through its client."""


def _adapter(
    slot: Slot, module: str, *options: str, others: tuple[tuple[Slot, tuple[str, ...]], ...] = ()
) -> tuple[Binding, ...]:
    """An adapter and its test, which only plans with one of the options have."""
    folder, name = module.split("/")
    return (
        Binding(f"src/__package__/{folder}/{name}.py", slot=slot, options=options, others=others),
        Binding(f"tests/unit/{folder}/test_{name}.py.jinja", slot=slot, options=options, others=others),
    )


RAG_REPO_BINDINGS: tuple[Binding, ...] = (
    Binding(".github/*", slot="cicd", options=("github_actions",)),
    Binding("src/__package__/serve/*", archetype="online_api"),
    Binding("src/__package__/load/*", archetype="online_api"),
    Binding("src/__package__/monitoring/live.py", archetype="online_api"),
    Binding("tests/unit/test_live_checks.py.jinja", archetype="online_api"),
    Binding("tests/load/*", archetype="online_api"),
    Binding("tests/integration/test_serve*.jinja", archetype="online_api"),
    Binding("docker/serve.Dockerfile.jinja", archetype="online_api"),
    Binding("monitoring/rules.yaml.jinja", archetype="online_api"),
    Binding("monitoring/dashboards/*", archetype="online_api"),
    Binding("pipelines/score.yaml.jinja", archetype="batch_scoring"),
    Binding("docker/questions.csv.jinja", archetype="batch_scoring"),
    Binding(
        "tests/integration/test_lake_tables.py.jinja",
        archetype="batch_scoring",
        slot="store",
        options=("s3_lake",),
    ),
    Binding("pipelines/evaluate.yaml.jinja", slot="evaluation", options=(*_JUDGES, *_METRICS)),
    _AWS,
    Binding("tests/wire.py.jinja", slot="llm", options=_AWS.options, others=_AWS.others),
    Binding(
        "src/__package__/retrying.py",
        slot="embeddings",
        options=_HTTP_EMBEDDINGS,
        others=(("guardrails", ("guard_model_gpu",)),),
    ),
    Binding(
        "src/__package__/regions.py",
        slot="llm",
        options=_BEDROCK_LLMS,
        others=(*_HOSTED_JUDGES, ("embeddings", _BEDROCK_EMBEDDINGS)),
    ),
    *_adapter("llm", "models/bedrock", *_BEDROCK_LLMS, others=_HOSTED_JUDGES),
    *_adapter("llm", "models/protocol", "vllm_ecs_gpu", "vllm_sagemaker"),
    *_adapter("llm", "models/openai", "vllm_ecs_gpu"),
    *_adapter("llm", "models/sagemaker", "vllm_sagemaker"),
    *_adapter("embeddings", "embeddings/bedrock", *_BEDROCK_EMBEDDINGS),
    *_adapter("embeddings", "embeddings/http", *_HTTP_EMBEDDINGS),
    *_adapter("vector_store", "stores/s3_vectors", "s3_vectors"),
    *_adapter("vector_store", "stores/pgvector", *_PGVECTOR),
    *_adapter("vector_store", "stores/opensearch", *_OPENSEARCH),
    *_adapter("vector_store", "stores/valkey", "valkey_vectors"),
    Binding("src/__package__/stores/valkey_login.py", slot="vector_store", options=("valkey_vectors",)),
    *_adapter("guardrails", "guards/prompt", "prompt_only"),
    *_adapter("guardrails", "guards/bedrock", "bedrock_guardrails"),
    *_adapter("guardrails", "guards/judge", "llm_judge_guard"),
    *_adapter("guardrails", "guards/model", "guard_model_gpu"),
    *_adapter("evaluation", "evaluation/judge", *_JUDGES),
    Binding("prompts/judge.md", slot="evaluation", options=_JUDGES),
    *_adapter("evaluation", "evaluation/bedrock_job", "bedrock_evaluations"),
    *_adapter("evaluation", "evaluation/sampling", "production_sampling"),
)


TERRAFORM_BINDINGS: tuple[Binding, ...] = (
    Binding("envs/__env__/llm.tf.jinja", workload="rag"),
    Binding("envs/__env__/second_region.tf.jinja", slot="serve", options=("ecs_fargate_two_regions",)),
    *(
        # A server for transfers has a gateway of its own, and Jenkins fetches packages of Debian.
        Binding(
            f"policies/{name}.yaml",
            slot="network",
            options=("private_endpoints",),
            without=("jenkins_fargate", "transfer_family_sftp"),
        )
        for name in ("no_open_egress", "no_way_out")
    ),
)
"""Of the files below `terraform/aws` that are no modules."""


def bound_to_plan(bp: Blueprint, path: str, bindings: Sequence[Binding] = ML_REPO_BINDINGS) -> bool:
    """Whether a file belongs to the plan: every binding that names it must hold."""
    return all(binding.holds(bp) for binding in bindings if binding.names(path))
