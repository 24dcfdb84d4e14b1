"""What each CI service is told to run: nothing that fails is passed over, and prod gets what was tested."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from libs.codegen.renderer import render
from tests.support.blueprints import fraud_blueprint
from tests.support.ci_scripts import COMMIT, Scripts
from tests.templates.terraform.plans import with_options


def definition(cicd: str, path: str) -> str:
    """The file that a CI service reads."""
    files = {file.path: file.content.decode() for file in render(with_options(fraud_blueprint(), cicd=cicd))}
    return files[path]


class TestPlans:
    """`ci/plan.sh` of several environments."""

    def test_each_environment_is_planned(self, tmp_path: Path) -> None:
        scripts = Scripts(tmp_path, fraud_blueprint())
        assert scripts.run("ci/plan.sh", "dev", "staging", "prod").returncode == 0
        assert [call.split()[1] for call in scripts.calls("terraform", "plan")] == [
            f"-chdir=infra/envs/{target}" for target in ("dev", "staging", "prod")
        ]

    def test_the_first_that_fails_is_the_last(self, tmp_path: Path) -> None:
        scripts = Scripts(tmp_path, fraud_blueprint())
        assert scripts.run("ci/plan.sh", "dev", "nowhere", "prod").returncode == 2
        assert len(scripts.calls("terraform", "plan")) == 1


class TestCodeBuild:
    @pytest.mark.parametrize("fails", ["install", "lint", "test", "train", "infra-check"])
    def test_a_check_that_fails_fails_the_build(self, fails: str, tmp_path: Path) -> None:
        specification = yaml.safe_load(definition("codepipeline", "ci/buildspec.yml"))
        (tmp_path / "make").write_text(f'#!/bin/sh\n[ "$1" != {fails} ]\n')
        (tmp_path / "bash").write_text('#!/bin/sh\necho "$@"\n')
        for program in ("make", "bash"):
            (tmp_path / program).chmod(0o755)
        done = subprocess.run(
            ["/bin/sh", "-c", "\n".join(specification["phases"]["build"]["commands"])],
            env={
                "PATH": f"{tmp_path}:/usr/bin:/bin",
                "TARGET": "plan",
                "CODEBUILD_RESOLVED_SOURCE_VERSION": COMMIT,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "ci/plan.sh" not in done.stdout


class TestJenkins:
    def test_staging_and_prod_get_the_commit_that_was_checked(self) -> None:
        stages = definition("jenkins_fargate", "Jenkinsfile").split("stage('")[1:]
        steps = {stage.split("'")[0]: stage for stage in stages}
        assert "env.COMMIT = checkout(scm).GIT_COMMIT" in steps["Checks"]
        for name in ("Staging", "Production"):
            assert re.search(r"branches: \[\[name: env\.COMMIT\]\].*\n +sh 'bash ci/deploy\.sh", steps[name])
        for name in steps.keys() - {"Checks", "Staging", "Production"}:
            assert "checkout scm\n" in steps[name]


class TestAzurePipelines:
    def test_a_deployment_may_take_as_long_as_its_role(self) -> None:
        pipeline = yaml.safe_load(definition("azure_pipelines", "azure-pipelines.yml"))
        longest = re.search(
            r"max_session_duration = (\d+)", definition("azure_pipelines", "infra/modules/ci_roles/main.tf")
        )
        assert longest
        deploying = [
            stage for stage in pipeline["stages"] if stage["stage"] in ("staging", "prod", "rollback")
        ]
        assert len(deploying) == 3
        for stage in deploying:
            assert stage["variables"]["aws.rolecredential.maxduration"] == int(longest[1])
            assert [job["timeoutInMinutes"] * 60 for job in stage["jobs"]] == [int(longest[1])]
