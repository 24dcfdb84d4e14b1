"""The scripts of a rendered `ci/`, run as they are: Terraform, AWS and docker are stand-ins on PATH."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from libs.codegen.models import Blueprint
from libs.codegen.renderer import render

COMMIT = "c0ffee"
BUILD = {"BUILD_CLUSTER": "ci", "BUILD_NETWORK": "{}", "BUILD_ROLES": "role/ci-", "BUILD_TASK": "builder"}

_PYTHON = f"#!{sys.executable} -IS\n"
_NOTED = """\
import json, os, sys
from pathlib import Path
folder = Path(__file__).parent
with (folder / "calls").open("a") as calls:
    calls.write(" ".join([Path(__file__).name, *sys.argv[1:]]) + "\\n")
"""
_TERRAFORM = """\
words = [word for word in sys.argv[1:] if not word.startswith("-chdir=")]
outputs = json.loads((folder / "outputs.json").read_text())
# A null output of a root is not in its state.
there = {name: {"value": value} for name, value in outputs.items() if value is not None}
if words[0] == "output":
    names = [word for word in words[1:] if not word.startswith("-")]
    if names and names[0] not in there:
        sys.exit(f'Error: Output "{names[0]}" not found')
    print(json.dumps(there[names[0]]["value"] if names else there))
if words[0] == "plan":
    with (folder / "models").open("a") as models:
        models.write(os.environ.get("TF_VAR_model_version", "") + "\\n")
    if (folder / "meanwhile.json").exists():
        (folder / "meanwhile.json").rename(folder / "outputs.json")
"""
_ANSWERED = """\
for words, answer in json.loads((folder / "answers.json").read_text()):
    if all(word in sys.argv for word in words):
        if answer is None:
            sys.exit(1)
        if "invoke" in sys.argv:
            Path(sys.argv[-1]).write_text(json.dumps(answer))
        else:
            print(answer)
        break
"""
_PROGRAMS = {
    "terraform": _PYTHON + _NOTED + _TERRAFORM,
    "aws": _PYTHON + _NOTED + _ANSWERED,
    "docker": _PYTHON + _NOTED + _ANSWERED,
    "git": "#!/bin/sh\n",
    "make": "#!/bin/sh\n",
    "sleep": "#!/bin/sh\n",
}


class Scripts:
    """What CI runs of one blueprint, in a folder of its own."""

    def __init__(self, folder: Path, bp: Blueprint) -> None:
        self.folder = folder
        self._programs = folder / "bin"
        for file in render(bp):
            if file.path.startswith(("ci/", "config/", "docker/", "monitoring/")):
                self.write(file.path, file.content)
        self.write("pipelines/control.sh", b"")
        for name, text in _PROGRAMS.items():
            self.write(f"bin/{name}", text.encode()).chmod(0o755)

    def run(
        self,
        *words: str,
        outputs: dict[str, Any] | None = None,
        meanwhile: dict[str, Any] | None = None,
        answers: list[tuple[list[str], Any]] | None = None,
        variables: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Runs one of them.

        Args:
            words: script and arguments.
            outputs: what Terraform has as outputs.
            meanwhile: what it has after the first plan, which waited for somebody else to end.
            answers: what the other programs print when they are called with such words; None is a failure.
            variables: what the environment has besides, or in the place of, what is set for all.
        """
        self.write("bin/outputs.json", json.dumps(outputs or {}).encode())
        if meanwhile is not None:
            self.write("bin/meanwhile.json", json.dumps(meanwhile).encode())
        self.write("bin/answers.json", json.dumps(answers or []).encode())
        return subprocess.run(
            ["bash", *words],
            cwd=self.folder,
            env={
                "PATH": f"{self._programs}:/usr/bin:/bin",
                "COMMIT": COMMIT,
                "TF_STATE_BUCKET": "state",
                **BUILD,
                **(variables or {}),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self, *words: str) -> list[str]:
        """What was called, in its order, with all of these words in it."""
        lines = (self._programs / "calls").read_text().splitlines()
        return [line for line in lines if all(word in line.split() for word in words)]

    def planned_models(self) -> list[str]:
        """The model that each plan was made with."""
        return (self._programs / "models").read_text().splitlines()

    def text(self, path: str) -> str:
        """What a file holds."""
        return (self.folder / path).read_text()

    def write(self, path: str, content: bytes) -> Path:
        """Puts a file in its place, or another in the place of one."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target
