"""What holds for the whole tree: addresses, settings, prompts, nodes, locks, sizes."""

import glob
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from libs.cli.on_demand import COMMANDS
from libs.core.settings import Settings
from libs.workflow.cards import AGENTS
from libs.workflow.graph import NODES
from libs.workflow.prompting import Prompts

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"api", "libs", "frontend", "infra", "scripts", "tests"}


def tracked() -> list[Path]:
    """Files that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


class TestTree:
    def test_top_level_folders_are_the_agreed_ones(self) -> None:
        folders = {
            path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1
        }
        assert {name for name in folders if not name.startswith(".")} == TOP_LEVEL

    def test_no_file_names_a_package_index_or_a_path_of_this_machine(self) -> None:
        hosts = "|".join(
            ("pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", "deb" + r"\.debian")
        )
        places = "|".join(("/ro" + "ot/", "/wo" + "rk/(main|shared|steering)"))
        pattern = re.compile(f"{hosts}|{places}")
        found = [
            f"{path.relative_to(ROOT)}: {match.group()}"
            for path in tracked()
            if path.suffix not in {".gz", ".png", ".zip"}
            and (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
        ]
        assert not found

    def test_package_files_that_only_mark_a_package_are_empty(self) -> None:
        marks = [path for path in tracked() if path.name == "__init__.py" and "templates" not in path.parts]
        filled = [
            str(path.relative_to(ROOT))
            for path in marks
            if "golden" not in path.parts and path.stat().st_size
        ]
        assert not filled

    def test_no_python_file_is_two_things_in_one(self) -> None:
        long = {
            str(path.relative_to(ROOT)): lines
            for path in tracked()
            if path.suffix == ".py" and (lines := len(path.read_text().splitlines())) > 400
        }
        assert not long

    @pytest.mark.parametrize(
        "lock",
        [
            "infra/requirements/base.lock",
            "infra/requirements/dev.lock",
            "infra/requirements/tools.lock",
            "libs/codegen/templates/ml_repo/requirements.lock",
        ],
    )
    def test_every_locked_package_has_hashes(self, lock: str) -> None:
        text = (ROOT / lock).read_text().replace("\\\n", " ")
        packages = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
        assert packages
        assert [line for line in packages if "--hash=sha256:" not in line] == []


class TestDocumentation:
    def test_readme_names_every_setting(self) -> None:
        text = (ROOT / "README.md").read_text()
        table = text.partition("## Settings")[2].partition("\n## ")[0]
        named = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", table))
        assert named - {"HOME"} >= {name.upper() for name in Settings.model_fields} - {"HOME"}

    def test_readme_names_every_command(self) -> None:
        text = (ROOT / "README.md").read_text()
        assert [name for name in COMMANDS if f"`{name}" not in text] == []

    def test_everything_the_image_copies_is_there(self) -> None:
        copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
        assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []


class TestWorkflow:
    def test_thirteen_nodes_have_an_agent_and_a_file(self) -> None:
        assert len(NODES) == 13
        assert set(AGENTS) == set(NODES)
        assert [n for n in NODES if not (ROOT / "libs/workflow/nodes" / f"{n}.py").is_file()] == []

    def test_every_prompt_belongs_to_a_node(self) -> None:
        assert set(Prompts().names()) <= set(NODES)


def test_a_wheel_holds_every_file_that_the_product_reads() -> None:
    """Package data is named by patterns, and a pattern that misses hidden folders leaves templates behind."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    # Folders without an `__init__.py` are packages, too, unless their name could not be imported.
    packages = [
        folder
        for top in ("libs", "api")
        for folder in (ROOT / top, *(ROOT / top).rglob("*"))
        if folder.is_dir() and not any("." in part for part in folder.relative_to(ROOT).parts)
    ]
    packed = {
        package / found
        for package in packages
        for pattern in patterns
        # The patterns are those of `glob`, whose `**` passes hidden folders by; that of `Path.glob` does not.
        for found in glob.glob(pattern, root_dir=package, recursive=True)  # noqa: PTH207
    }
    kept = {
        path
        for top in ("libs", "api")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    modules = {path for package in packages for path in package.glob("*.py")}
    assert sorted(map(str, kept - packed - modules)) == []
