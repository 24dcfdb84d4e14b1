"""How CI brings a commit to an environment and takes it back: `ci/deploy.sh`, `ci/rollback.sh`, the state they open."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.renderer import render
from tests.conftest import unavailable
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.ci_scripts import COMMIT, Scripts
from tests.templates.terraform.plans import with_options

REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
MANIFEST = {"imageManifest": '{"layers": []}', "imageManifestMediaType": "application/json"}
UNMARKED = (["describe-images", f"imageTag=tested-{COMMIT}"], None)
FOUND = (["batch-get-image", f"imageTag={COMMIT}"], json.dumps({"images": [MANIFEST]}))


def outputs(environment: str, **more: Any) -> dict[str, Any]:
    repositories = {name: f"{REGISTRY}/fraud-api-{environment}/{name}" for name in ("serve", "train")}
    return {"image_repositories": repositories, "cluster": "main", **more}


def git(folder: Path, *words: str) -> str:
    """What git says in a folder, for somebody of no settings."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    return subprocess.run(
        ["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def scripts(tmp_path: Path) -> Scripts:
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")
    return Scripts(tmp_path, with_options(fraud_blueprint(), serve="ecs_fargate_service"))


class TestMark:
    """What tells prod that staging has tested an image: a second tag of it."""

    def test_is_set_once_staging_works(self, scripts: Scripts) -> None:
        done = scripts.run("ci/deploy.sh", "staging", outputs=outputs("staging"), answers=[UNMARKED, FOUND])
        assert done.returncode == 0, done.stderr
        marked = scripts.calls("put-image", f"tested-{COMMIT}")
        assert [call.split()[6] for call in marked] == ["fraud-api-staging/serve", "fraud-api-staging/train"]
        assert all(MANIFEST["imageManifest"] in call for call in marked)

    def test_is_not_set_again(self, scripts: Scripts) -> None:
        """Tags are immutable: a second run of the same commit must not end with an error."""
        done = scripts.run("ci/deploy.sh", "staging", outputs=outputs("staging"))
        assert done.returncode == 0, done.stderr
        assert scripts.calls("put-image") == []

    def test_is_not_set_where_the_new_version_does_not_run(self, scripts: Scripts) -> None:
        went_back = (["describe-task-definition"], "registry/serve:0ld")
        done = scripts.run(
            "ci/deploy.sh",
            "staging",
            outputs=outputs("staging", service="main-serve"),
            answers=[UNMARKED, FOUND, went_back],
        )
        assert done.returncode == 1
        assert scripts.calls("put-image") == []

    def test_is_staging_s_to_give(self, scripts: Scripts) -> None:
        done = scripts.run("ci/deploy.sh", "dev", outputs=outputs("dev"), answers=[UNMARKED, FOUND])
        assert done.returncode == 0, done.stderr
        assert scripts.calls("put-image") == []


class TestLock:
    """Of the state: who comes second waits for it."""

    def test_is_waited_for_by_a_deployment(self, scripts: Scripts) -> None:
        assert scripts.run("ci/deploy.sh", "dev", outputs=outputs("dev")).returncode == 0
        changing = [*scripts.calls("terraform", "plan"), *scripts.calls("terraform", "apply")]
        assert len(changing) == 3
        assert all("-lock-timeout=30m" in call.split() for call in changing)

    def test_is_waited_for_by_a_rollback(self, scripts: Scripts) -> None:
        done = scripts.run("ci/rollback.sh", "prod", "g00d", outputs=outputs("prod"))
        assert done.returncode == 0, done.stderr
        changing = [*scripts.calls("terraform", "plan"), *scripts.calls("terraform", "apply")]
        assert [call.split()[2] for call in changing] == ["plan", "apply"]
        assert all("-lock-timeout=30m" in call.split() for call in changing)
        assert "image_tag=g00d" in changing[0].split()
        assert changing[1].endswith(" prod.tfplan")

    def test_leaves_a_rollback_the_model_that_it_brought(self, scripts: Scripts) -> None:
        before, after = (outputs("prod", model_version=version) for version in ("20261101-a", "20261120-b"))
        done = scripts.run("ci/rollback.sh", "prod", "g00d", outputs=before, meanwhile=after)
        assert done.returncode == 0, done.stderr
        assert scripts.planned_models() == ["20261101-a", "20261120-b"]
        assert len(scripts.calls("terraform", "apply")) == 1


class TestPackedCode:
    """Code that runs from no image: Terraform packs it from the tree."""

    GOOD, BAD = "answer = 1\n", "answer = 2\n"

    @pytest.fixture
    def flink(self, tmp_path: Path) -> Scripts:
        """A tree of two commits, whose packing shows what it found."""
        if shutil.which("jq") is None:
            unavailable("jq is not on PATH")
        folder = tmp_path / "tree"
        scripts = Scripts(folder, with_options(fraud_blueprint(), serve="managed_flink_scoring"))
        (folder / "bin/git").unlink()
        scripts.write("ci/flink.sh", b"cat src/code.py >> bin/packed")
        scripts.write(".gitignore", b"bin/\n*.tfplan\n")
        for path in ("pipelines/flink/score.py", "requirements.lock", "data/schema.json"):
            scripts.write(path, b"{}\n")
        git(folder, "init", "--quiet", "--initial-branch=main")
        for text in (self.GOOD, self.BAD):
            scripts.write("src/code.py", text.encode())
            git(folder, "add", ".")
            git(folder, "commit", "--quiet", "--message", text.strip())
        return scripts

    def test_goes_back_with_the_images(self, flink: Scripts) -> None:
        good = git(flink.folder, "rev-parse", "HEAD~")
        done = flink.run("ci/rollback.sh", "prod", good, outputs=outputs("prod"))
        assert done.returncode == 0, done.stderr
        assert flink.text("bin/packed").startswith(self.GOOD)
        assert flink.text("src/code.py") == self.BAD
        assert git(flink.folder, "status", "--porcelain") == ""

    def test_of_a_shallow_clone_is_fetched(self, flink: Scripts, tmp_path: Path) -> None:
        origin = tmp_path / "origin"
        good = git(flink.folder, "rev-parse", "HEAD~")
        git(flink.folder, "clone", "--quiet", "--bare", f"file://{flink.folder}", str(origin))
        git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(flink.folder, "clone", "--quiet", "--depth=1", f"file://{origin}", str(tmp_path / "shallow"))
        shutil.rmtree(flink.folder / ".git")
        (tmp_path / "shallow/.git").rename(flink.folder / ".git")
        done = flink.run("ci/rollback.sh", "prod", good, outputs=outputs("prod"))
        assert done.returncode == 0, done.stderr
        assert flink.text("bin/packed").startswith(self.GOOD)

    def test_that_is_being_changed_is_not_overwritten(self, flink: Scripts) -> None:
        flink.write("src/code.py", b"answer = 3\n")
        done = flink.run("ci/rollback.sh", "prod", git(flink.folder, "rev-parse", "HEAD~"))
        assert done.returncode == 1
        assert "commit or stash your changes" in done.stderr
        assert flink.text("src/code.py") == "answer = 3\n"

    @pytest.mark.parametrize("serve", ["ecs_fargate_service", "glue_scoring"])
    def test_has_the_whole_history_in_ci(self, serve: str) -> None:
        """A shallow clone would have to be let in again to fetch what it lacks."""
        bp = fraud_blueprint() if serve.startswith("ecs") else churn_blueprint()
        for cicd, depth in (
            ("github_actions", "fetch-depth: 0"),
            ("gitlab_ci", "GIT_DEPTH: 0"),
            ("azure_pipelines", "fetchDepth: 0"),
            ("bitbucket_pipelines", "clone: {depth: full}"),
        ):
            files = {f.path: f.content.decode() for f in render(with_options(bp, serve=serve, cicd=cicd))}
            there = any(depth in text for text in files.values())
            assert there == (serve == "glue_scoring"), cicd


class TestStateBucket:
    ACCOUNT = (["get-caller-identity"], "210987654321")

    @pytest.mark.parametrize(
        ("given", "opened"), [("", "fraud-api-tfstate-210987654321"), ("of-the-company", "of-the-company")]
    )
    def test_is_the_one_of_the_account_unless_another_is_named(
        self, scripts: Scripts, given: str, opened: str
    ) -> None:
        done = scripts.run("ci/plan.sh", "prod", answers=[self.ACCOUNT], variables={"TF_STATE_BUCKET": given})
        assert done.returncode == 0, done.stderr
        assert scripts.calls("terraform", "init", f"-backend-config=bucket={opened}")
