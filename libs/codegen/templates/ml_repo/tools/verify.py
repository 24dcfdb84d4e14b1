"""Checks again what was checked before delivery, and prints one table; exit code 1 when one fails.

A tool that is not there makes a check `skipped`, with what would be needed, and never a pass.
`--only NAME,NAME` runs some of them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from manifest import LEFT_AT_THE_TOP, LEFT_BEHIND, MANIFEST, ROOT, compare, sha256

Status = Literal["pass", "fail", "skipped"]
EVIDENCE = Path("reports/run_evidence.json")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_AWAY = re.compile(r"(?i)registry|network|no such host|could not|failed to (query|install)")
"""Of `terraform init` where the provider cannot be had; any other failure is the tree's."""
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Outcome:
    """What one check found."""

    status: Status
    says: str
    details: tuple[str, ...] = ()


def manifest(root: Path) -> Outcome:
    """Is every file as it was delivered or recorded, and none besides?"""
    if not (root / MANIFEST).is_file():
        return Outcome("fail", f"there is no {MANIFEST}; `make manifest` writes one")
    found = compare(root)
    if not found.named:
        return Outcome("fail", f"{MANIFEST} names no file; `make manifest` writes it anew")
    if found.lines:
        advice = "changed on purpose? then `make manifest` records the tree as it is"
        says = f"{len(found.lines)} differences to {found.named} files; {advice}"
        return Outcome("fail", says, found.lines)
    return Outcome("pass", f"{found.named} files are as recorded")


def evidence(root: Path) -> Outcome:
    """Is what was recorded of a run about these very files?"""
    if not (root / EVIDENCE).is_file():
        return Outcome("skipped", "nothing was recorded yet; `make evidence` does after a run")
    try:
        found = json.loads((root / EVIDENCE).read_text(encoding="utf-8"))
        tree, inputs = found["tree"], sorted(found["inputs"].items())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Outcome("fail", f"{EVIDENCE} is no record of a run: {type(error).__name__}")
    bad: list[str] = []
    if not (root / MANIFEST).is_file() or tree != sha256(root / MANIFEST):
        bad.append(f"the tree of the run is not that of {MANIFEST}")
    for path, digest in inputs:
        if path != "data" and not ((root / path).is_file() and sha256(root / path) == digest):
            bad.append(f"the run read another {path}")
    if bad:
        says = f"about other files; `make evidence` after a run, or remove {EVIDENCE}"
        return Outcome("fail", says, tuple(bad))
    return Outcome("pass", "the recorded run is about these files")


def data_files(root: Path) -> Outcome:
    """Do all JSON and YAML files parse?"""
    bad: list[str] = []
    count = 0
    for path in files(root, ".json", ".yaml", ".yml"):
        count += 1
        text = path.read_text(encoding="utf-8")
        try:
            json.loads(text) if path.suffix == ".json" else list(yaml.compose_all(text))
        except (ValueError, yaml.YAMLError) as error:
            bad.append(f"{path.relative_to(root)}: {' '.join(str(error).split())[:160]}")
    return _judged(bad, f"{count} JSON and YAML files parse")


def links(root: Path) -> Outcome:
    """Does every relative link of the documents lead to a file?"""
    bad: list[str] = []
    count = 0
    for path in files(root, ".md"):
        for target in _LINK.findall(_FENCE.sub("", path.read_text(encoding="utf-8"))):
            place = target.partition("#")[0]
            if not place or re.match(r"[a-z][a-z0-9+.-]*:", place):
                continue
            count += 1
            if not (path.parent / place).exists():
                bad.append(f"{path.relative_to(root)}: {target}")
    return _judged(bad, f"{count} links lead to files")


def lint(root: Path) -> Outcome:
    """Is the code formatted and free of what ruff finds?"""
    ruff = tool("ruff", os.environ.get("RUFF"), root / ".venv-lint" / "bin" / "ruff")
    if ruff is None:
        return Outcome("skipped", "ruff is not there; `make lint` installs it")
    places = [p for p in ("src", "tests", "tools") if (root / p).is_dir()]
    first = command([ruff, "check", *places], root, "no finding")
    if first.status == "fail":
        return first
    return command([ruff, "format", "--check", *places], root, "no finding, formatted")


def types(root: Path) -> Outcome:
    """Does the code keep its type annotations?"""
    mypy = tool("mypy", os.environ.get("MYPY"))
    if mypy is None:
        return Outcome("skipped", "mypy is not on PATH; `pip install mypy` where you work")
    return command([mypy], root, "no finding")


def tests(root: Path) -> Outcome:
    """Do the tests pass?"""
    return command([sys.executable, "-m", "pytest", "tests"], root, "all tests pass")


def terraform(root: Path) -> Outcome:
    """Is the infrastructure formatted, and is each environment valid?"""
    binary = tool("terraform", os.environ.get("TERRAFORM"))
    if binary is None:
        return Outcome("skipped", "terraform is not on PATH; 1.10 or later is needed")
    if not (root / "infra").is_dir():
        return Outcome("skipped", "there is no infra/")
    done = command([binary, "fmt", "-check", "-recursive", "infra"], root, "formatted")
    if done.status == "fail":
        return done
    for folder in sorted((root / "infra" / "envs").iterdir()):
        for words in (["init", "-backend=false", "-input=false"], ["validate"]):
            done = command([binary, f"-chdir={folder}", *words, "-no-color"], root, "valid")
            away = words[0] == "init" and _AWAY.search("\n".join(done.details))
            if done.status == "fail" and away:
                return Outcome("skipped", "the provider cannot be downloaded", done.details)
            if done.status == "fail":
                return done
    return Outcome("pass", "formatted, every environment valid")


def policies(root: Path) -> Outcome:
    """Does the infrastructure keep the rules of checkov and those of `infra/policies`?"""
    if not (root / "infra" / ".checkov.yaml").is_file():
        return Outcome("skipped", "there is no infra/.checkov.yaml")
    place = root / ".cache" / "checkov" / "bin" / "checkov"
    checkov = tool("checkov", os.environ.get("CHECKOV"), place)
    if checkov is None:
        return Outcome("skipped", "checkov is not there; `make policies` installs it")
    words = [checkov, "--config-file", "infra/.checkov.yaml"]
    return command(words, root, "no finding without a reason beside it")


CHECKS: dict[str, Callable[[Path], Outcome]] = {
    "manifest": manifest,
    "evidence": evidence,
    "data files": data_files,
    "links": links,
    "lint": lint,
    "types": types,
    "tests": tests,
    "terraform": terraform,
    "policies": policies,
}
"""In the order in which they run: cheap ones first."""


def files(root: Path, *suffixes: str) -> Iterator[Path]:
    """Files of the tree with one of the suffixes, without what tools leave."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        kept = parts[0] not in LEFT_AT_THE_TOP and LEFT_BEHIND.isdisjoint(parts)
        if kept and path.suffix in suffixes and path.is_file():
            yield path


def tool(name: str, *places: str | Path | None) -> str | None:
    """Where a program is: at one of the places, or on PATH."""
    for place in places:
        if place and Path(place).is_file():
            return str(place)
    return shutil.which(name)


def command(words: list[str], root: Path, good: str) -> Outcome:
    """Runs a program in the tree; its output is kept when it fails."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        words,
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return Outcome("pass", good)
    output = (done.stdout + done.stderr).splitlines()
    return Outcome("fail", f"exit code {done.returncode}", tuple(output[-40:]))


def verify(root: Path, names: list[str]) -> int:
    """Runs the checks, prints the table and what failed; 1 when one is red."""
    rows: list[tuple[str, Outcome, float]] = []
    for name in names:
        started = time.monotonic()
        rows.append((name, CHECKS[name](root), time.monotonic() - started))
    for name, outcome, _ in rows:
        if outcome.details:
            print(f"--- {name}", *outcome.details, "", sep="\n")
    for name, outcome, seconds in rows:
        print(f"{outcome.status:8} {name:11} {seconds:6.1f} s  {outcome.says}")
    return int(any(outcome.status == "fail" for _, outcome, _ in rows))


def _judged(bad: list[str], good: str) -> Outcome:
    return Outcome("fail", f"{len(bad)} do not", tuple(bad)) if bad else Outcome("pass", good)


def main() -> int:
    """Reads the arguments and verifies this repository."""
    parser = argparse.ArgumentParser(description="Verify this repository.")
    parser.add_argument("--only", default=",".join(CHECKS), help=f"of: {', '.join(CHECKS)}")
    names = [name.strip() for name in parser.parse_args().only.split(",")]
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        parser.error(f"no such check: {', '.join(unknown)}")
    return verify(ROOT, names)


if __name__ == "__main__":
    sys.exit(main())
