"""What the infrastructure runs is what the code of the same repository offers: jobs, services, handlers, addresses."""

import ast
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import hcl2
import pytest
import yaml

from libs.codegen.models import Blueprint
from libs.codegen.operations import pipelines_of
from libs.codegen.renderer import render
from tests.support.plan_matrix import kinds
from tests.templates.test_matrix import PLANS

SAGEMAKER_PORT = "8080"
PREDICTING = {"tabular": "/predict", "rag": "/ask"}
_QUOTED = re.compile(r'^"(.*)"$')


def _sample() -> frozenset[str]:
    """One plan for each way to score batches, of either kind of repository."""
    first: dict[tuple[str, str], str] = {}
    for name, (kind, choice) in PLANS.items():
        if kind.plan.requirements.archetype == "batch_scoring":
            first.setdefault((kind.name, choice["serve"]), name)
    return frozenset(first.values())


SAMPLE = _sample()
"""Plans that every run looks at; the long tests look at all."""
every_plan = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in SAMPLE else [pytest.mark.long]) for name in PLANS]
)


@cache
def tree_of(name: str) -> tuple[Blueprint, Mapping[str, str]]:
    """The blueprint of a plan and the files of its repository."""
    kind, choice = PLANS[name]
    bp = kind.blueprint(choice)
    return bp, {file.path: file.content.decode() for file in render(bp)}


def jobs_of(bp: Blueprint, files: Mapping[str, str]) -> set[str]:
    """The jobs that the training image knows: a constant, or the choices of its argument."""
    for node in ast.walk(ast.parse(files[f"src/{bp.package}/jobs/__main__.py"])):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "JOBS"
        ):
            return set(ast.literal_eval(node.value))
        if isinstance(node, ast.keyword) and node.arg == "choices" and isinstance(node.value, ast.Tuple):
            return set(ast.literal_eval(node.value))
    raise LookupError("no jobs")


def plain(value: Any) -> Any:
    """Values of HCL without the quotes that the parser leaves."""
    if isinstance(value, str):
        return match[1] if (match := _QUOTED.match(value)) else value
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {plain(key): plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def calls_of(files: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The arguments of each module that prod calls, by its name."""
    found: dict[str, dict[str, Any]] = {}
    for path, text in files.items():
        if path.startswith("infra/envs/prod/") and path.endswith(".tf"):
            for block in hcl2.loads(text).get("module", []):
                found |= plain(block)
    return found


@every_plan
class TestCommands:
    def test_jobs_of_the_training_image_are_known(self, name: str) -> None:
        bp, files = tree_of(name)
        jobs, calls = jobs_of(bp, files), calls_of(files)
        trained = {key: call for key, call in calls.items() if call.get("image") == "${local.train_image}"}
        # A queue runs a program of its module in the image, and no job.
        trained.pop("ingest", None)
        assert {key: call["command"] for key, call in trained.items() if call["command"][0] not in jobs} == {}
        assert all(len(call["command"]) == 1 for call in trained.values())
        wanted = {"index", "evaluate"} if bp.workload == "rag" and "evaluation" in bp.components else set()
        assert wanted <= {call["command"][0] for call in trained.values()}

    def test_pipelines_have_a_job_for_each_step(self, name: str) -> None:
        """Those of `pipelines/*.yaml` are those of the plan, and each is a job that the environment makes."""
        bp, files = tree_of(name)
        modules = dict(
            re.findall(r'\{ name = "(\w+)", job = module\.(\w+)\.job \}', files["infra/envs/prod/ml.tf"])
        )
        written = {
            path.removeprefix("pipelines/").removesuffix(".yaml"): yaml.safe_load(text)
            for path, text in files.items()
            if path.startswith("pipelines/") and path.endswith(".yaml")
        }
        assert written == {
            each.name: {"schedule": each.schedule, "steps": [step.name for step in each.steps]}
            for each in pipelines_of(bp)
        }
        assert {step for pipeline in written.values() for step in pipeline["steps"]} == set(modules)
        assert set(modules.values()) <= set(calls_of(files))

    def test_the_service_is_reached_where_it_listens(self, name: str) -> None:
        bp, files = tree_of(name)
        serve, dockerfile = calls_of(files)["serve"], files.get("docker/serve.Dockerfile", "")
        module = serve["source"].rsplit("/", 1)[-1]
        terraform = "".join(
            text for path, text in files.items() if path.startswith(f"infra/modules/{module}/")
        )
        if not dockerfile:
            assert 'urls["serve"]' not in files["infra/envs/prod/ml.tf"]
            return
        listens = re.search(r"PORT=(\d+)", dockerfile)
        assert listens is not None
        app = files[f"src/{bp.package}/serve/app.py"]
        assert f'"{PREDICTING[bp.workload]}"' in app
        if module.startswith("sagemaker_"):
            assert listens[1] == SAGEMAKER_PORT
            assert f'PORT = "{SAGEMAKER_PORT}"' in terraform or module == "sagemaker_endpoint"
            assert '"/ping"' in app
            assert '"/invocations"' in app
        elif found := re.search(r"^  port +=\s*(\d+)$", terraform, re.M):
            assert listens[1] == found[1]
        elif module == "lambda_service":
            assert PREDICTING[bp.workload] in serve["paths"]
            assert all(f'"{path}"' in app for path in serve["paths"])
            assert f"AWS_LWA_PORT={listens[1]}" in dockerfile
        if handler := serve.get("handler"):
            path, _, function = handler.rpartition(".")
            assert f"def {function}(" in files[f"src/{path.replace('.', '/')}.py"]

    def test_images_bring_what_the_code_opens(self, name: str) -> None:
        """Connections to RDS are checked against a file that no base image has."""
        bp, files = tree_of(name)
        opens = {
            match
            for path, text in files.items()
            if path.startswith("src/")
            for match in re.findall(r"/etc/ssl/certs/[\w.-]+|PGSSLROOTCERT", text)
        }
        for path, text in files.items():
            if path.startswith("docker/") and path.endswith(("train.Dockerfile", "serve.Dockerfile")):
                assert ("rds-global-bundle.pem" in text) == bool(opens), path
                assert "USER 10001" in text or bp.option("train") == "sagemaker_training", path


class TestSample:
    def test_has_every_way_to_score_batches(self) -> None:
        offered = {
            (kind.name, option)
            for kind in kinds()
            if kind.plan.requirements.archetype == "batch_scoring"
            for option in kind.sized["serve"]
        }
        assert {(PLANS[name][0].name, PLANS[name][1]["serve"]) for name in SAMPLE} == offered
