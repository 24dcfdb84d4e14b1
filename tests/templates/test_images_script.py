"""How CI makes images, `ci/images.sh`: what goes to the registry, and in which format."""

import json
import shutil
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.conftest import unavailable
from tests.support.blueprints import fraud_blueprint
from tests.support.ci_scripts import COMMIT, Scripts
from tests.templates.terraform.plans import with_options

REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
OUTPUTS = {
    "image_repositories": {name: f"{REGISTRY}/fraud-api-staging/{name}" for name in ("serve", "train")}
}
NONE_YET: list[tuple[list[str], Any]] = [(["manifest", "inspect"], None), (["describe-images"], None)]
OCI = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:1", "size": 1},
    "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:2", "size": 2}],
}


def scripts(folder: Path, **options: str) -> Scripts:
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")
    return Scripts(folder, with_options(fraud_blueprint(), **options))


def test_an_image_is_built_and_pushed(tmp_path: Path) -> None:
    made = scripts(tmp_path, serve="ecs_fargate_service", train="fargate_training", process="glue_job")
    done = made.run("ci/images.sh", "staging", outputs=OUTPUTS, answers=NONE_YET)
    assert done.returncode == 0, done.stderr
    assert len(made.calls("docker", "build")) == 2
    assert len(made.calls("docker", "push")) == 2


def test_sagemaker_gets_manifests_of_docker(tmp_path: Path) -> None:
    """SageMaker refuses those of OCI, which a Docker with the store of containerd pushes."""
    made = scripts(tmp_path, serve="sagemaker_endpoint")
    done = made.run("ci/images.sh", "staging", outputs=OUTPUTS, answers=NONE_YET)
    assert done.returncode == 0, done.stderr
    name = f"{REGISTRY}/fraud-api-staging/serve:{COMMIT}"
    assert made.calls("docker", "buildx", f"type=image,name={name},push=true,oci-mediatypes=false")
    assert made.calls("docker", "push") == []


def test_sagemaker_gets_them_from_a_task_as_well(tmp_path: Path) -> None:
    made = scripts(tmp_path, serve="sagemaker_endpoint", cicd="jenkins_fargate")
    answers = [*NONE_YET, (["batch-get-image"], json.dumps(OCI)), (["describe-tasks"], "0")]
    done = made.run("ci/images.sh", "staging", outputs=OUTPUTS, answers=answers)
    assert done.returncode == 0, done.stderr
    put = made.calls("aws", "put-image", COMMIT)
    assert len(put) == 2
    assert not any("vnd.oci" in call for call in put)
    assert '"digest":"sha256:2"' in put[0]
    assert len(made.calls("batch-delete-image", f"imageTag={COMMIT}-made")) == 2


@pytest.mark.parametrize("cicd", ["github_actions", "jenkins_fargate"])
class TestProd:
    """Takes over what staging has marked."""

    OUTPUTS: ClassVar = {
        "image_repositories": {name: f"{REGISTRY}/fraud-api-prod/{name}" for name in ("serve", "train")}
    }
    NOT_THERE: ClassVar[list[tuple[list[str], Any]]] = [
        *((["manifest", f"{REGISTRY}/fraud-api-prod/{name}:{COMMIT}"], None) for name in ("serve", "train")),
        *((["describe-images", f"fraud-api-prod/{name}"], None) for name in ("serve", "train")),
        (["describe-tasks"], "0"),
    ]
    OPTIONS: ClassVar = {"serve": "ecs_fargate_service", "train": "fargate_training", "process": "glue_job"}

    def test_an_image_that_staging_has_not_tested_is_refused(self, tmp_path: Path, cicd: str) -> None:
        made = scripts(tmp_path, cicd=cicd, **self.OPTIONS)
        mark = f"{REGISTRY}/fraud-api-staging/serve:tested-{COMMIT}"
        unmarked = [
            (["manifest", mark], None),
            (["describe-images", "fraud-api-staging/serve", f"imageTag=tested-{COMMIT}"], None),
        ]
        done = made.run("ci/images.sh", "prod", outputs=self.OUTPUTS, answers=[*unmarked, *self.NOT_THERE])
        assert done.returncode != 0
        assert f"staging has not tested serve of {COMMIT}" in done.stderr
        assert made.calls("pull") == made.calls("run-task") == made.calls("push") == []

    def test_the_marked_one_is_taken(self, tmp_path: Path, cicd: str) -> None:
        made = scripts(tmp_path, cicd=cicd, **self.OPTIONS)
        done = made.run("ci/images.sh", "prod", outputs=self.OUTPUTS, answers=self.NOT_THERE)
        assert done.returncode == 0, done.stderr
        if cicd == "github_actions":
            assert [call.split()[-1] for call in made.calls("docker", "pull")] == [
                f"{REGISTRY}/fraud-api-staging/{name}:tested-{COMMIT}" for name in ("serve", "train")
            ]
        else:
            assert len(made.calls("aws", "run-task")) == 2
        assert made.calls("docker", "build") == []


@pytest.mark.parametrize("refused", ["batch-get-image", "put-image"])
def test_what_a_broken_run_left_stays_until_sagemaker_has_its_manifest(tmp_path: Path, refused: str) -> None:
    made = scripts(tmp_path, serve="sagemaker_endpoint", cicd="jenkins_fargate")
    answers: list[tuple[list[str], Any]] = [
        (["describe-images", f"imageTag={COMMIT}"], None),
        ([refused], None),
        (["batch-get-image"], json.dumps(OCI)),
    ]
    done = made.run("ci/images.sh", "staging", outputs=OUTPUTS, answers=answers)
    assert done.returncode != 0
    assert made.calls("batch-get-image")
    assert made.calls("batch-delete-image") == []
