"""The programs inside Terraform modules, run against stand-ins of what they talk to."""

import base64
import importlib.util
import json
import subprocess
import textwrap
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from libs.core.settings import Settings
from tests.conftest import ROOT, unavailable

MODULES = ROOT / "libs" / "codegen" / "templates" / "terraform" / "aws" / "modules"


def loaded(module: str, program: str) -> ModuleType:
    """A program of a module, imported under its own name."""
    path = MODULES / module / f"{program}.py"
    spec = importlib.util.spec_from_file_location(f"{module}_{program}", path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


class Cluster:
    """Answers like a Kubernetes API: lists its kinds, keeps what is applied."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.seen: list[str] = []

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        self.seen.append(f"{method} {path}")
        if method == "GET":
            return {
                "resources": [
                    {"name": "namespaces", "kind": "Namespace", "namespaced": False},
                    {"name": "namespaces/status", "kind": "Namespace", "namespaced": False},
                    {"name": "configmaps", "kind": "ConfigMap", "namespaced": True},
                ]
            }
        place = path.partition("?")[0]
        if method == "DELETE":
            return self.objects.pop(place, {})
        self.objects[place] = body or {}
        return self.objects[place]


MANIFESTS = [
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "train"}},
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "train"}},
]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, Cluster]:
    objects, stand_in = loaded("eks_cluster", "objects"), Cluster()
    for name, value in {
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "example",
        "AWS_SECRET_ACCESS_KEY": "example",
        "CLUSTER": "example-dev",
        "ENDPOINT": "https://kubernetes.example",
        "AUTHORITY": "",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(objects.ssl, "create_default_context", lambda cadata: None)
    monkeypatch.setattr(objects.Api, "call", lambda _self, *call: stand_in.call(*call))
    return objects, stand_in


class TestObjects:
    def test_objects_are_applied_where_their_kind_lives(self, cluster: tuple[ModuleType, Cluster]) -> None:
        objects, stand_in = cluster
        said = objects.handler({"manifests": MANIFESTS, "tf": {"action": "create"}}, None)
        assert said["applied"] == ["/api/v1/namespaces/train", "/api/v1/namespaces/train/configmaps/settings"]
        assert stand_in.objects["/api/v1/namespaces/train"] == MANIFESTS[0]
        assert stand_in.seen.count("GET /api/v1") == 1

    def test_what_goes_last_came_first(self, cluster: tuple[ModuleType, Cluster]) -> None:
        objects, stand_in = cluster
        objects.handler({"manifests": MANIFESTS}, None)
        said = objects.handler({"manifests": MANIFESTS, "tf": {"action": "delete"}}, None)
        assert said["deleted"] == ["/api/v1/namespaces/train/configmaps/settings", "/api/v1/namespaces/train"]
        assert stand_in.objects == {}

    def test_an_object_is_shown_as_it_is(self, cluster: tuple[ModuleType, Cluster]) -> None:
        objects, stand_in = cluster
        objects.handler({"read": [MANIFESTS[0]]}, None)
        assert stand_in.seen[-1] == "GET /api/v1/namespaces/train"
        assert stand_in.objects == {}

    def test_an_unknown_kind_is_named(self, cluster: tuple[ModuleType, Cluster]) -> None:
        objects, _ = cluster
        unknown = {"apiVersion": "v1", "kind": "Unicorn", "metadata": {"name": "x"}}
        with pytest.raises(RuntimeError, match="the cluster knows no Unicorn of v1"):
            objects.handler({"manifests": [unknown]}, None)

    def test_the_token_is_a_signed_call_that_names_the_cluster(
        self, cluster: tuple[ModuleType, Cluster]
    ) -> None:
        objects, _ = cluster
        token = objects.token("example-dev")
        encoded = token.removeprefix("k8s-aws-v1.")
        url = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
        assert url.startswith("https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity")
        assert "X-Amz-SignedHeaders=host%3Bx-k8s-aws-id" in url
        assert "=" not in encoded


WRITING = textwrap.dedent("""
    import io, json, sys
    sys.path.insert(0, sys.argv[1])
    import pyarrow.parquet as pq
    import writer

    class Queue:
        def __init__(self, bodies):
            self.messages = [
                {"MessageId": f"m{i}", "ReceiptHandle": f"r{i}", "Body": body} for i, body in enumerate(bodies)
            ]
            self.deleted = []
        def receive_message(self, **asked):
            batch, self.messages = self.messages[:10], self.messages[10:]
            return {"Messages": batch} if batch else {}
        def delete_message_batch(self, QueueUrl, Entries):
            assert len(Entries) <= 10
            self.deleted += [entry["ReceiptHandle"] for entry in Entries]
            return {}

    class Bucket:
        files = {}
        def put_object(self, Bucket, Key, Body):
            self.files[Key] = Body

    bodies = [json.dumps({"amount": 1.5, "country": "PT", "more": 1}) for _ in range(12)]
    queue, bucket = Queue([*bodies, "no json", '["a list"]', '{"amount": "much"}']), Bucket()
    schema = writer.schema_of({"amount": "double", "country": "string", "age": "bigint"})
    made = writer.Writer(queue, bucket, "url", "bucket", schema)
    made.receive(); made.receive(); made.flush(); made.flush()
    (key,) = bucket.files
    # Without threads: an interpreter that ends right behind a threaded read of pyarrow 26 may abort.
    table = pq.read_table(io.BytesIO(bucket.files[key]), use_threads=False)
    print(json.dumps({"key": key, "rows": table.num_rows, "names": table.column_names,
                      "first": table.to_pylist()[0], "deleted": len(queue.deleted)}))
""")


@pytest.mark.long
def test_queue_writer_writes_what_fits_and_deletes_only_that(tmp_path: Path) -> None:
    python = Settings().runtime_python
    if not python.is_file():
        unavailable(f"the runtime environment is not installed: {python}")
    (tmp_path / "boto3.py").write_text("")
    (tmp_path / "writer.py").write_text((MODULES / "sqs_queue" / "writer.py").read_text())
    done = subprocess.run(
        [str(python), "-c", WRITING, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["key"].startswith("events/dt=")
    assert said["key"].endswith(".parquet")
    assert said["names"] == ["amount", "country", "age", "event_id"]
    assert said["first"] == {"amount": 1.5, "country": "PT", "age": None, "event_id": "m0"}
    assert (said["rows"], said["deleted"]) == (12, 12)
    assert done.stderr.count("does not fit") == 3
