"""Documents, alarms, runbooks and CI name only what the same tree holds, whatever was chosen."""

import re
from collections.abc import Callable
from functools import cache

import pytest
import yaml

from libs.codegen.alarms import alarm_table, alarms_of
from libs.codegen.models import Blueprint
from libs.codegen.operations import images_of
from libs.codegen.parts import OPTIONS, needs_of, written_parts
from libs.codegen.renderer import TEMPLATES, render
from tests.support import operations
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint
from tests.templates.terraform.plans import with_options
from tests.templates.test_matrix import PLANS

FEW: dict[str, Callable[[], Blueprint]] = {
    "step functions, github, arm": lambda: with_options(fraud_blueprint(), serve="ecs_fargate_arm_service"),
    "scheduler, azure": lambda: with_options(
        churn_blueprint(), orchestrate="eventbridge_scheduler", cicd="azure_pipelines", serve="aws_batch"
    ),
    "airflow, gitlab": lambda: with_options(
        fraud_blueprint(), orchestrate="mwaa", cicd="gitlab_ci", serve="lambda_service", store="rds_postgres"
    ),
    "team's airflow, bitbucket": lambda: with_options(
        support_blueprint(), orchestrate="mwaa_shared", cicd="bitbucket_pipelines"
    ),
    "sagemaker pipelines, jenkins": lambda: with_options(
        fraud_blueprint(),
        orchestrate="sagemaker_pipelines",
        cicd="jenkins_fargate",
        process="sagemaker_processing",
        serve="sagemaker_endpoint",
    ),
    "two regions, circleci": lambda: with_options(
        fraud_blueprint(), serve="ecs_fargate_two_regions", cicd="circleci"
    ),
}
MATRIX = {
    name: (lambda kind=kind, choice=choice: kind.blueprint(choice)) for name, (kind, choice) in PLANS.items()
}
every_tree = pytest.mark.parametrize(
    "name", [*FEW, *(pytest.param(name, marks=pytest.mark.long) for name in MATRIX)]
)


@cache
def blueprint(name: str) -> Blueprint:
    return (FEW | MATRIX)[name]()


def tree(name: str) -> dict[str, str]:
    return {file.path: file.content.decode() for file in render(blueprint(name))}


class TestWhatTheTreeNames:
    @every_tree
    def test_is_in_the_tree(self, name: str) -> None:
        files = tree(name)
        assert operations.unknown_targets(files) == set()
        assert operations.unknown_modules(files) == set()
        assert operations.unknown_paths(files) == set()
        assert operations.unknown_pipelines(files) == set()
        assert operations.unknown_terraform(files) == set()
        assert operations.unknown_resources(files, blueprint(name).project) == set()
        assert operations.unknown_calls(files) == set()
        for path, text in files.items():
            if path.endswith((".yml", ".yaml")) and not path.startswith("."):
                assert yaml.safe_load(text), path
        told = yaml.safe_load(files["monitoring/alarms.yaml"])["alarms"]
        assert told
        assert all(alarm["runbook"] in files for alarm in told)
        runbooks = files["docs/runbooks/incident.md"]
        assert all(f"`{alarm['name']}`" in runbooks + files[alarm["runbook"]] for alarm in told)
        built = re.findall(r"^(\w+) linux/(?:amd64|arm64)$", files["ci/images.sh"], re.MULTILINE)
        assert set(built) == {"serve", "spark", "train"} & set(needs_of(blueprint(name)).images)
        assert all(f"docker/{image}.Dockerfile" in files for image in built)

    @pytest.mark.parametrize(
        ("planted", "finder", "says"),
        [
            ("`make trian`", operations.unknown_targets, "make trian"),
            ("`python -m fraud_api.nowhere`", operations.unknown_modules, "fraud_api.nowhere"),
            ("`ci/nowhere.sh`", operations.unknown_paths, "ci/nowhere.sh"),
            ("`bash pipelines/control.sh start retrian prod`", operations.unknown_pipelines, "retrian"),
            ("`terraform output dashbord`", operations.unknown_terraform, "output dashbord"),
            ("`aws stepfunctions begin-execution`", operations.unknown_calls, "begin-execution"),
            ("`aws ecs stop-task --job x`", operations.unknown_calls, "--job"),
        ],
    )
    def test_is_found_out_where_it_is_not(
        self, planted: str, finder: Callable[[dict[str, str]], set[str]], says: str
    ) -> None:
        files = tree("step functions, github, arm")
        files["docs/runbooks/incident.md"] += f"\n{planted}\n"
        assert [found for found in finder(files) if says in found]

    def test_is_found_out_where_no_terraform_makes_it(self) -> None:
        files = tree("step functions, github, arm")
        files["docs/runbooks/incident.md"] += "\n`fraud-api-prod-unmade-thing`\n"
        assert operations.unknown_resources(files, "fraud-api")


class TestAlarmTable:
    def test_has_every_alarm_of_every_module_and_no_other(self) -> None:
        modules = TEMPLATES / "terraform" / "aws" / "modules"
        for folder in sorted(path for path in modules.iterdir() if path.is_dir()):
            text = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.tf")))
            made = [
                re.compile(re.sub(r"\\\$\\\{.*?\\\}", "[\\\\w-]+", re.escape(name)))
                for name in re.findall(r'alarm_name += "([^"]+)"', text)
            ]
            made += [re.compile("[\\w-]+")] * len(
                re.findall(r"alarm_name += each\.value\.name$", text, re.MULTILINE)
            )
            told = [
                f"name-{entry.name.replace('{pipeline}', 'retrain')}"
                for entry in alarm_table().get(folder.name, ())
            ]
            assert all(any(shape.fullmatch(name) for name in told) for shape in made), folder.name
            assert all(any(shape.fullmatch(name) for shape in made) for name in told), folder.name

    def test_names_no_alarm_twice_in_a_plan(self) -> None:
        for name in FEW:
            names = [alarm.name for alarm in alarms_of(blueprint(name))]
            assert len(names) == len(set(names)), name


class TestOrchestrators:
    def test_each_brings_how_it_is_controlled_and_its_words(self) -> None:
        for slot, option in written_parts():
            if slot == "orchestrate":
                assert (OPTIONS / slot / option / "control.sh.jinja").is_file()
                assert (OPTIONS / slot / option / "operate.md.jinja").is_file()

    def test_only_their_own_parts_know_how_one_is_started(self) -> None:
        started = re.compile(r"start-execution|start-pipeline-execution|create-schedule|invoke-rest-api")
        knowing = {
            path.relative_to(TEMPLATES).parts[-3:-1]
            for path in TEMPLATES.rglob("*")
            if path.is_file()
            and path.suffix in (".jinja", ".sh", ".yml", ".md")
            and started.search(path.read_text(encoding="utf-8", errors="ignore"))
        }
        assert {slot for slot, _ in knowing} == {"orchestrate"}


class TestImages:
    def test_arm_service_is_built_for_arm_and_its_jobs_are_not(self) -> None:
        bp = with_options(fraud_blueprint(), serve="ecs_fargate_arm_service")
        assert {image.name: image.platform for image in images_of(bp)} == {
            "serve": "linux/arm64",
            "train": "linux/amd64",
        }

    def test_second_region_gets_the_service_alone(self) -> None:
        bp = with_options(fraud_blueprint(), serve="ecs_fargate_two_regions")
        assert [image.name for image in images_of(bp) if image.two_regions] == ["serve"]

    def test_spark_scoring_has_its_image(self) -> None:
        bp = with_options(churn_blueprint(), serve="emr_serverless_scoring")
        assert [image.name for image in images_of(bp)] == ["spark", "train"]
