"""Real versions of a repository merge into an edited one, a new package name included."""

from pathlib import Path

import pytest

from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.codegen.merging.tree import WorkTree
from libs.codegen.models import RenderedFile
from libs.codegen.payload import pack, read, unpack
from libs.codegen.renderer import render
from libs.git.program import Git
from tests.support.blueprints import fraud_blueprint

Files = tuple[RenderedFile, ...]


@pytest.fixture(scope="module")
def versions() -> tuple[Files, Files]:
    """Two versions: another region, another latency, another name of the project and its package."""
    changes = {
        "region": "eu-west-1",
        "latency_ms_p95": 50.0,
        "project": "fraud-guard",
        "package": "fraud_guard",
    }
    return render(fraud_blueprint()), render(fraud_blueprint(**changes))


def merge_into(root: Path, versions: tuple[Files, Files]) -> tuple[str, ...]:
    before, after = ({file.path: file for file in version} for version in versions)
    tree = WorkTree(root)
    plan = plan_merge(before, tree, after, LineMerge(Git()), packages=Packages("fraud_api", "fraud_guard"))
    tree.write(plan)
    return tuple(conflict.path for conflict in plan.report.conflicts)


def test_without_edits_the_tree_is_the_new_version_to_the_byte(
    tmp_path: Path, versions: tuple[Files, Files]
) -> None:
    unpack(pack(versions[0]), tmp_path / "tree")
    assert merge_into(tmp_path / "tree", versions) == ()
    found = [
        RenderedFile(
            path=path.relative_to(tmp_path / "tree").as_posix(),
            content=path.read_bytes(),
            executable=bool(path.stat().st_mode & 0o100),
        )
        for path in (tmp_path / "tree").rglob("*")
        if path.is_file()
    ]
    assert read(pack(found)) == versions[1]


def test_edits_follow_into_the_new_package_and_other_files(
    tmp_path: Path, versions: tuple[Files, Files]
) -> None:
    root = tmp_path / "tree"
    unpack(pack(versions[0]), root)
    edits = {"src/fraud_api/ingest.py": "# mine\n", "README.md": "\nOurs.\n", "Makefile": "\nours:\n\ttrue\n"}
    for path, text in edits.items():
        (root / path).write_text((root / path).read_text() + text)
    (root / "src/fraud_api/own.py").write_text("OWN = 1\n")
    assert merge_into(root, versions) == ()
    new = {
        file.path: file.content.decode()
        for file in versions[1]
        if file.path.startswith(("src", "README", "Make"))
    }
    for path, text in edits.items():
        target = path.replace("fraud_api", "fraud_guard")
        assert (root / target).read_text() == new[target] + text
    assert (root / "src/fraud_api/own.py").read_text() == "OWN = 1\n"
    assert sorted(path.name for path in (root / "src/fraud_api").iterdir()) == ["own.py"]
