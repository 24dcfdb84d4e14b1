"""What runs in AWS after a deployment: the pipelines, their steps, and the images that CI brings there."""

from typing import Literal

from libs.codegen.models import Blueprint, Environment
from libs.codegen.parts import needs_of, parts_of
from libs.core.values import Value
from libs.planning.models import Slot

StepKind = Literal["batch", "ecs", "emr", "glue", "processing", "states", "training", "transform"]
"""Which service runs a step."""

_RUNS: dict[StepKind, str] = {
    "batch": "job of the queue {name} of AWS Batch",
    "ecs": "task {name} of the ECS cluster {base}",
    "emr": "Spark job of the application {name} of EMR Serverless",
    "glue": "Glue job {name}",
    "processing": "SageMaker processing job {base}-…",
    "states": "SQL by Athena, under the state machine {name}",
    "training": "SageMaker training job {base}-…",
    "transform": "SageMaker transform job {base}-…",
}
"""What a step is called in its service."""
_KINDS: dict[str, tuple[StepKind, str]] = {
    "athena_sql": ("states", "/aws/vendedlogs/states/{name}"),
    "aws_batch": ("batch", "/job/{name}"),
    "aws_batch_ec2": ("batch", "/job/{name}"),
    "container_task": ("ecs", "/job/{name}"),
    "eks_job": ("batch", "/aws/containerinsights/{project}/application"),
    "emr_serverless": ("emr", "/job/{name}"),
    "glue_job": ("glue", "/job/{name}/output"),
    "sagemaker_processing": ("processing", "/aws/sagemaker/ProcessingJobs"),
    "sagemaker_training": ("training", "/aws/sagemaker/TrainingJobs"),
    "sagemaker_transform": ("transform", "/aws/sagemaker/TransformJobs"),
}
"""What each module that makes a job starts, and where that logs."""
_SERVICE_LOGS = {
    "app_runner_service": "/aws/apprunner/{base}",
    "eks_service": "/aws/containerinsights/{base}/application",
    "lambda_service": "/service/{base}-serve/function",
    "lambda_stream_consumer": "/service/{base}-serve/function",
    "managed_flink_scoring": "/service/{base}-score",
    "sagemaker_async": "/aws/sagemaker/Endpoints/{base}-serve",
    "sagemaker_endpoint": "/aws/sagemaker/Endpoints/{base}-serve",
    "sagemaker_serverless": "/aws/sagemaker/Endpoints/{base}-serve",
}
"""Where services log that are no tasks of ECS."""
_EVALUATED = "cron(0 4 * * ? *)"
_TRANSFORM = "sagemaker_batch_transform"
"""Takes lines of JSON and leaves them: a step before it and one after it turn tables into such and back."""
_OWN_IMAGES = ("serve", "spark", "train")
_ARM = {"ecs_fargate_arm_service": ("serve",)}
"""Options whose machines have ARM processors, and the images that run there."""


class Step(Value):
    """One job of a pipeline."""

    name: str
    module: str
    """What `infra/envs/*/ml.tf` calls the module whose job it is."""
    kind: StepKind
    log_group: str
    """With `{name}` and `{project}` for those of an environment."""

    def runs(self, project: str, env: Environment) -> str:
        """What the step is in an environment."""
        base = f"{project}-{env}"
        return _RUNS[self.kind].format(name=f"{base}-{self.name}", base=base)

    def log(self, project: str, env: Environment) -> str:
        """The log group of the step in an environment."""
        base = f"{project}-{env}"
        return self.log_group.format(name=f"{base}-{self.name}", project=base)


class Pipeline(Value):
    """Steps that run one after the other."""

    name: str
    schedule: str
    """EventBridge expression; empty when a person starts it."""
    steps: tuple[Step, ...]


class Image(Value):
    """A container image that CI builds from the repository."""

    name: str
    platform: str
    """As docker calls it."""
    two_regions: bool
    """Whether the second region has a registry of its own for it."""

    @property
    def processor(self) -> str:
        """The kind of processor alone."""
        return self.platform.partition("/")[2]


def pipelines_of(bp: Blueprint) -> tuple[Pipeline, ...]:
    """The pipelines of the repository: `pipelines/*.yaml` holds them, `infra/envs/*/ml.tf` makes them."""
    rag = bp.workload == "rag"
    prepared = ("process",) if parts_of(bp)["process"].job else ()
    learned = ("index",) if rag else ("train",) if bp.option("train") != "no_training" else ()
    found = [
        _pipeline(bp, "reindex" if rag else "retrain", bp.training_schedule, (*prepared, *learned)),
    ]
    if bp.archetype == "batch_scoring":
        scored = ("lines", "score", "collect") if bp.option("serve") == _TRANSFORM else ("score",)
        found.append(_pipeline(bp, "score", bp.scoring_schedule, (*(() if rag else prepared), *scored)))
    if "evaluation" in parts_of(bp):
        found.append(_pipeline(bp, "evaluate", _EVALUATED, ("evaluate",)))
    return tuple(found)


def steps_of(bp: Blueprint) -> tuple[Step, ...]:
    """Every step once, however many pipelines have it."""
    return tuple({step.name: step for each in pipelines_of(bp) for step in each.steps}.values())


def service_log(bp: Blueprint, env: Environment) -> str:
    """The log group of what answers, or of the step that scores a batch."""
    base = f"{bp.project}-{env}"
    scoring = [step for each in pipelines_of(bp) for step in each.steps if step.name == "score"]
    if scoring:
        return scoring[0].log(bp.project, env)
    return _SERVICE_LOGS.get(bp.option("serve"), "/service/{base}-serve").format(base=base)


def images_of(bp: Blueprint) -> tuple[Image, ...]:
    """What CI builds; images of other makers are copied once, by hand."""
    needed = needs_of(bp)
    arm = _ARM.get(bp.option("serve"), ())
    return tuple(
        Image(
            name=name,
            platform="linux/arm64" if name in arm else "linux/amd64",
            two_regions=name == "serve" and bp.option("serve") == "ecs_fargate_two_regions",
        )
        for name in _OWN_IMAGES
        if name in needed.images
    )


def _pipeline(bp: Blueprint, name: str, schedule: str, steps: tuple[str, ...]) -> Pipeline:
    return Pipeline(name=name, schedule=schedule, steps=tuple(_step(bp, step) for step in steps))


def _step(bp: Blueprint, name: str) -> Step:
    slots: dict[str, Slot] = {"process": "process", "train": "train", "score": "serve"}
    module = "sagemaker_processing" if name in ("lines", "collect") else "container_task"
    if name in slots:
        module = next(module for module in parts_of(bp)[slots[name]].modules if module in _KINDS)
    kind, log_group = _KINDS[module]
    return Step(name=name, module="serve" if name == "score" else name, kind=kind, log_group=log_group)
