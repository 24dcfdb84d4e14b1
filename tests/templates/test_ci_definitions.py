"""What each CI service is told to run: nothing that fails is passed over, and prod gets what was tested."""

import re
import subprocess
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
import yaml

from libs.codegen.renderer import render
from tests.support.blueprints import fraud_blueprint
from tests.support.ci_scripts import COMMIT, Scripts
from tests.templates.terraform.plans import with_options


def definition(cicd: str, path: str, **options: str) -> str:
    """The file that a CI service reads."""
    bp = with_options(fraud_blueprint(), cicd=cicd, **options)
    files = {file.path: file.content.decode() for file in render(bp)}
    return files[path]


def longest_session(cicd: str) -> int:
    """Seconds that the role of a deployment may be taken for."""
    roles = definition(cicd, "infra/modules/ci_roles/main.tf")
    found = re.search(r"max_session_duration = (\d+)", roles)
    assert found
    return int(found[1])


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


class TestGitHubActions:
    def workflow(self, name: str) -> dict[str, Any]:
        path = f".github/workflows/{name}.yml"
        return cast("dict[str, Any]", yaml.safe_load(definition("github_actions", path)))

    def test_prod_asks_first_whether_staging_passed(self) -> None:
        jobs = self.workflow("prod")["jobs"]
        assert jobs["deploy"]["needs"] == "staging"
        asked = jobs["staging"]["steps"][0]["run"]
        assert '--workflow staging.yml --commit "$GITHUB_SHA" --status success' in asked
        assert jobs["staging"]["permissions"] == {"actions": "read"}

    @pytest.mark.parametrize(("found", "passed"), [("https://github.com/runs/1", True), ("", False)])
    def test_no_run_of_staging_that_passed_is_a_no(self, found: str, passed: bool, tmp_path: Path) -> None:
        (tmp_path / "gh").write_text(f"#!/bin/sh\n[ -z '{found}' ] || echo '{found}'\n")
        (tmp_path / "gh").chmod(0o755)
        done = subprocess.run(
            ["bash", "-e", "-c", self.workflow("prod")["jobs"]["staging"]["steps"][0]["run"]],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
            capture_output=True,
            check=False,
        )
        assert (done.returncode == 0) is passed

    def test_a_rollback_that_waits_cannot_be_cancelled_by_a_deployment(self) -> None:
        """A group keeps one job that waits: the next one takes its place."""
        assert "concurrency" in self.workflow("deploy")["jobs"]["deploy"]
        assert "concurrency" not in self.workflow("rollback")["jobs"]["rollback"]


class TestAccounts:
    """An environment in an account of its own is planned with the role there, the others with the shared one."""

    ROLES: ClassVar = {"AWS_PLAN_ROLE_ARN": "shared", "AWS_PLAN_ROLE_ARN_PROD": "own"}

    def test_on_github(self) -> None:
        steps = yaml.safe_load(definition("github_actions", ".github/workflows/plan.yml"))["jobs"]["plan"]
        role = steps["steps"][1]["with"]["role-to-assume"]
        own = "vars[format('AWS_PLAN_ROLE_ARN_{0}', matrix.environment)]"
        assert role == f"${{{{ {own} || vars.AWS_PLAN_ROLE_ARN }}}}"

    @pytest.mark.parametrize(("target", "role"), [("dev", "shared"), ("prod", "own")])
    def test_on_gitlab(self, target: str, role: str) -> None:
        script = yaml.safe_load(definition("gitlab_ci", ".gitlab-ci.yml"))["plan"]["script"]
        (chosen,) = (line for line in script if "AWS_ROLE_ARN" in line)
        done = subprocess.run(
            ["sh", "-ec", f'{chosen}\necho "$AWS_ROLE_ARN"'],
            env={"PATH": "/usr/bin:/bin", "TARGET": target, **self.ROLES},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == f"{role}\n"

    def test_on_bitbucket(self, tmp_path: Path) -> None:
        text = definition("bitbucket_pipelines", "bitbucket-pipelines.yml")
        steps = [each["step"] for each in yaml.safe_load(text)["definitions"]["steps"]]
        (plan,) = (step for step in steps if step["name"] == "Plan")
        roles = self.roles(tmp_path, [line for line in plan["script"] if "plan.sh" in line], self.ROLES)
        assert roles == ["shared", "shared", "own"]

    def test_on_circleci(self, tmp_path: Path) -> None:
        config = yaml.safe_load(definition("circleci", ".circleci/config.yml"))
        plans = [job["plan"] for job in config["workflows"]["change"]["jobs"] if "plan" in job]
        lines = [f'(. ci/credentials.sh "{plan["role"]}" token && bash ci/plan.sh dev)' for plan in plans]
        assert [plan["environment"] for plan in plans] == ["dev", "staging", "prod"]
        given = {"AWS_ROLE_ARN": "shared", "AWS_ROLE_ARN_PROD": "own"}
        assert self.roles(tmp_path, lines, given) == ["shared", "shared", "own"]

    def roles(self, folder: Path, lines: list[str], variables: dict[str, str]) -> list[str]:
        """The roles that were taken, each for a plan."""
        scripts = Scripts(folder, with_options(fraud_blueprint(), cicd="circleci"))
        (folder / "job").write_text("\n".join(["set -e", *lines]))
        given = {"BITBUCKET_STEP_OIDC_TOKEN": "token", **variables}
        done = scripts.run("job", answers=[TestCredentials.ANSWER], variables=given)
        assert done.returncode == 0, done.stderr
        taken = [call.split() for call in scripts.calls("aws", "assume-role-with-web-identity")]
        assert len(scripts.calls("terraform", "plan")) == len(taken)
        return [call[call.index("--role-arn") + 1] for call in taken]


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
        longest = longest_session("azure_pipelines")
        deploying = [
            stage for stage in pipeline["stages"] if stage["stage"] in ("staging", "prod", "rollback")
        ]
        assert len(deploying) == 3
        for stage in deploying:
            assert stage["variables"]["aws.rolecredential.maxduration"] == longest
            assert [job["timeoutInMinutes"] * 60 for job in stage["jobs"]] == [longest]


class TestCredentials:
    """`ci/credentials.sh`, which Bitbucket Pipelines and CircleCI source."""

    ANSWER = (["assume-role-with-web-identity"], "id\tsecret\tsession")

    def source(self, folder: Path, words: str, *, then: str, **answer: Any) -> tuple[str, list[str]]:
        scripts = Scripts(folder, with_options(fraud_blueprint(), cicd="circleci"))
        (folder / "job").write_text(f"set -e\n. ci/credentials.sh {words}\n{then}\n")
        done = scripts.run("job", **answer)
        return done.stdout, scripts.calls("aws")

    def test_last_as_long_as_the_role_allows(self, tmp_path: Path) -> None:
        then = 'echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN"'
        said, (call,) = self.source(tmp_path, "role token 7200", then=then, answers=[self.ANSWER])
        assert said == "id secret session\n"
        assert "--web-identity-token token" in call
        assert "--duration-seconds 7200" in call

    def test_are_not_asked_for_again_when_the_token_is_old(self, tmp_path: Path) -> None:
        """CircleCI has every shell source the script."""
        then = "bash -c '. ci/credentials.sh role old'"
        _, calls = self.source(tmp_path, "role token", then=then, answers=[self.ANSWER])
        assert len(calls) == 1

    def test_that_are_refused_end_the_job(self, tmp_path: Path) -> None:
        refused = [(["assume-role-with-web-identity"], None)]
        said, _ = self.source(tmp_path, "role token", then="echo on", answers=refused)
        assert said == ""

    def test_of_a_deployment_on_circleci_last_as_long_as_its_role(self) -> None:
        jobs = yaml.safe_load(definition("circleci", ".circleci/config.yml"))["jobs"]
        for name in ("deploy", "rollback"):
            assert {"credentials": {"seconds": longest_session("circleci")}} in jobs[name]["steps"]


class TestBitbucket:
    @pytest.mark.parametrize("serve", ["ecs_fargate_service", "ecs_fargate_arm_service"])
    def test_steps_with_docker_may_name_a_processor(self, serve: str) -> None:
        """The runtime that is the default refuses `--platform` and buildx; the other one brings no docker."""
        text = definition("bitbucket_pipelines", "bitbucket-pipelines.yml", serve=serve)
        steps = [each["step"] for each in yaml.safe_load(text)["definitions"]["steps"]]
        with_docker = [step for step in steps if "services" in step]
        assert len(with_docker) >= 3
        for step in with_docker:
            assert step["runtime"]["cloud"]["version"] == "3"
            assert step["image"].startswith("docker:")
            assert any(
                f'"$BITBUCKET_STEP_OIDC_TOKEN" {longest_session("bitbucket_pipelines")}' in line
                for line in step["script"]
            )
