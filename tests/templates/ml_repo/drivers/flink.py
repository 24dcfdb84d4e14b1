"""The function of the Flink program that scores, sent to another process as Flink sends it."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import cloudpickle
import pandas as pd
from fraud_api.model.store import upload_version, use_version

GOOD = {
    "transaction_id": "t1",
    "event_time": "2026-01-01T00:00:00Z",
    "amount": 5,
    "channel": "web",
    "age_days": 3,
}


class Anything(types.ModuleType):
    """Stands for what the program only names."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(name)

    def __call__(self, *_: object, **__: object) -> Any:
        return self


def install() -> None:
    functions = types.ModuleType("pyflink.table.udf")
    vars(functions).update(udf=lambda **_: lambda function: function)
    sys.modules.update({"pyflink": Anything("pyflink"), "pyflink.table": Anything("pyflink.table")})
    sys.modules["pyflink.table.udf"] = functions


def main(model: Path, folder: Path) -> None:
    _, address = upload_version(model, f"{folder}/models")
    use_version(f"{folder}/models", address.rsplit("/", 1)[-1])
    install()
    program = runpy.run_path("pipelines/flink/score.py", run_name="program")
    sent = folder / "function"
    about = {"project": "fraud", "environment": "test", "region": "eu-west-1", "features": "{}"}
    function = program["scoring"]({"model": f"{folder}/models/current", **about})
    sent.write_bytes(cloudpickle.dumps(function))
    asked = [json.dumps(GOOD), "no json", json.dumps(GOOD), None]
    done = subprocess.run(
        [sys.executable, __file__, "worker", str(sent)],
        input=json.dumps(asked),
        check=True,
        capture_output=True,
        text=True,
    )
    found = [json.loads(line) for line in json.loads(done.stdout)]
    assert found[0]["transaction_id"] == "t1", found
    assert found[0] == found[2]
    assert found[0]["probabilities"], found[0]
    assert all(0 <= share <= 1 for share in found[0]["probabilities"].values()), found[0]
    assert all(found[place]["reasons"] for place in (1, 3)), found


def work(sent: Path) -> None:
    """What a worker does with a batch, which comes twice."""
    function = cloudpickle.loads(sent.read_bytes())
    asked = pd.Series(json.load(sys.stdin), dtype=object)
    answered = function(asked)
    assert answered.dtype == object, "Flink makes no Arrow column of pandas' own type for text"
    first, again = list(answered), list(function(asked))
    assert [json.loads(line).get("prediction") for line in first] == [
        json.loads(line).get("prediction") for line in again
    ]
    print(json.dumps(first))


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        work(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
