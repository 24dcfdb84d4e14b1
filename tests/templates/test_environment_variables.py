"""What the infrastructure tells the code by environment variables is read, and what the code needs is told."""

from functools import cache

import pytest

from libs.codegen.renderer import render
from libs.planning.models import Slot
from tests.support import rendered_calls
from tests.support import rendered_environment as names
from tests.templates.test_matrix import PLANS

GIVEN_BY_AWS = {
    "AWS_REGION": "Fargate, Lambda, SageMaker, EMR and the pod identity agent of EKS set it; modules with machines do",
}
"""Variables that the code needs and the place it runs in sets."""
ADDRESSES = {
    "ARTIFACTS_URI": "other modules are given folders below it",
    "AWS_REGION": "read by the SDK",
    "PYSPARK_DRIVER_PYTHON": "read by Spark",
    "PYSPARK_PYTHON": "read by Spark",
}
"""Variables of the package that something else reads."""
READ_BY_IMAGES: dict[str, dict[str, str]] = {
    "aws_batch_ec2": {"AWS_REGION": "the SDK"},
    "ecs_ec2_gpu_service": {
        "AOT_CONFIG_CONTENT": "the collector of AWS for OpenTelemetry",
        "AWS_REGION": "the SDK",
        "ECS_AWSVPC_BLOCK_IMDS": "the ECS agent of the machine",
        "ECS_CLUSTER": "the ECS agent of the machine",
        "ECS_ENABLE_GPU_SUPPORT": "the ECS agent of the machine",
    },
    "ecs_fargate_service": {"AOT_CONFIG_CONTENT": "the collector of AWS for OpenTelemetry"},
    "eks_job": dict.fromkeys(["NVIDIA_DRIVER_CAPABILITIES", "NVIDIA_VISIBLE_DEVICES"], "NVIDIA's runtime"),
    "eks_service": {
        **dict.fromkeys(["NVIDIA_DRIVER_CAPABILITIES", "NVIDIA_VISIBLE_DEVICES"], "NVIDIA's runtime"),
        **dict.fromkeys(["AOT_CONFIG_CONTENT", "POD_NAME"], "the collector of AWS for OpenTelemetry"),
    },
    "jenkins_server": dict.fromkeys(
        ["AWS_REGION", "JAVA_OPTS", "JENKINS_WEB_SOCKET"], "Jenkins, its agent, its jobs"
    ),
    "kafka_sink": {"LOG_DIR": "the scripts of Kafka"},
    "mlflow_fargate": {"MLFLOW_SERVER_ALLOWED_HOSTS": "the server"},
    "model_endpoint": dict.fromkeys(
        ["SM_VLLM_MAX_MODEL_LEN", "SM_VLLM_MODEL", "SM_VLLM_TENSOR_PARALLEL_SIZE"], "the vLLM container"
    ),
    "model_service_gpu": {
        **dict.fromkeys(["ECS_CLUSTER", "ECS_ENABLE_GPU_SUPPORT"], "the ECS agent of the machine"),
        **dict.fromkeys(["HOME", "XDG_CACHE_HOME"], "what writes into a cache"),
        **dict.fromkeys(["VLLM_CACHE_ROOT", "VLLM_HTTP_TIMEOUT_KEEP_ALIVE"], "vLLM"),
        "AWS_REGION": "vLLM, which reads its weights from S3",
    },
    "self_hosted_grafana": {
        **dict.fromkeys(
            [
                "GF_ANALYTICS_CHECK_FOR_UPDATES",
                "GF_ANALYTICS_REPORTING_ENABLED",
                "GF_PATHS_DATA",
                "GF_PATHS_LOGS",
                "GF_PATHS_PLUGINS",
                "GF_PATHS_PROVISIONING",
                "GF_SECURITY_ADMIN_PASSWORD",
                "GF_SERVER_ROOT_URL",
            ],
            "Grafana",
        ),
        "TMPDIR": "Grafana and Prometheus, whose file systems are read-only elsewhere",
    },
}
"""Variables of a module that no code of ours reads, and what does."""
RUNS_CI = {"jenkins_server"}
"""Modules whose machines run the scripts of `ci/`."""
ELSEWHERE = {"sagemaker:InvokeEndpoint": "where somebody names a guard of their own that is such an endpoint"}
"""Actions that the code calls only when it is pointed at something outside of the plan."""
MOVING_DATA: tuple[Slot, ...] = ("ingest", "process", "store", "features", "registry")


def _sample() -> list[str]:
    """Few plans that together have every option of the slots that move data, and one that answers."""
    left = {(slot, choice[slot]) for _, choice in PLANS.values() for slot in MOVING_DATA if slot in choice}
    found = [next(name for name, (kind, _) in PLANS.items() if kind.name == "answers")]
    while left:
        best = max(PLANS, key=lambda name: len(left & set(PLANS[name][1].items())))
        left -= set(PLANS[best][1].items())
        found.append(best)
    return found


SAMPLE = _sample()
FEW = 5
"""Plans of the sample that every run looks at; the long tests look at all plans."""
every_plan = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in SAMPLE[:FEW] else [pytest.mark.long]) for name in PLANS]
)


@cache
def rendered(name: str) -> dict[str, str]:
    kind, choice = PLANS[name]
    return {file.path: file.content.decode() for file in render(kind.blueprint(choice))}


@every_plan
class TestVariables:
    def test_of_the_package_are_read(self, name: str) -> None:
        tree = rendered(name)
        assert names.shared_names(tree) - names.read_names(tree) - set(ADDRESSES) == set()

    def test_of_a_module_are_read_where_they_are_set(self, name: str) -> None:
        tree = rendered(name)
        package, scripts = names.read_names(tree), names.names_read_in_ci(tree)
        unread = {
            module: left
            for module, found in names.module_names(tree).items()
            if (
                left := found
                - package
                - names.names_read_in_module(tree, module)
                - set(READ_BY_IMAGES.get(module, ()))
                - (scripts if module in RUNS_CI else set())
            )
        }
        assert unread == {}

    def test_that_the_code_needs_are_set(self, name: str) -> None:
        tree = rendered(name)
        known = names.shared_names(tree) | names.conditional_names(tree)
        known = known.union(*names.module_names(tree).values())
        assert names.needed_names(tree) - known - set(GIVEN_BY_AWS) == set()


@every_plan
class TestCalls:
    def test_of_services_are_allowed_to_somebody(self, name: str) -> None:
        tree = rendered(name)
        granted = rendered_calls.granted_actions(tree) | set(ELSEWHERE)
        assert [actions for actions in rendered_calls.called_actions(tree) if not actions & granted] == []
