"""Each plan gets the part of the lock that its code needs, and no more."""

import ast
import sys
from pathlib import Path

import pytest

from libs.codegen import locking
from libs.codegen.errors import RenderFailed
from libs.codegen.renderer import TEMPLATES, render
from tests.support.blueprints import churn_blueprint, fraud_blueprint

MASTER = """\
a-tool==1.0 \\
    --hash=sha256:aa
    # via -r in
big_one[extra]==2.0 ; python_version < '4' \\
    --hash=sha256:bb \\
    --hash=sha256:bc
    # via -r in
deep==3.0 \\
    --hash=sha256:cc
    # via
    #   a-tool
    #   shared
other==4.0 \\
    --hash=sha256:dd
    # via big-one
shared==5.0 \\
    --hash=sha256:ee
    # via big-one
"""
_MODULE_OF = {
    "scikit-learn": "sklearn",
    "pyyaml": "yaml",
    "prometheus-client": "prometheus_client",
}
_OWN = {"fraud_api", "churn_nightly", "conftest"}


class TestLockOf:
    def test_follows_what_needs_what_and_keeps_hashes(self) -> None:
        lock = locking.lock_of("A_Tool>=1\n", MASTER)
        assert lock == "a-tool==1.0 \\\n    --hash=sha256:aa\ndeep==3.0 \\\n    --hash=sha256:cc\n"

    def test_all_requirements_give_every_pin(self) -> None:
        names = locking.locked_names(locking.lock_of("a-tool\nbig-one\n", MASTER))
        assert names == {"a-tool", "big-one", "deep", "other", "shared"}

    def test_a_requirement_that_is_not_locked_is_refused(self) -> None:
        with pytest.raises(RenderFailed, match="unknown"):
            locking.lock_of("unknown\n", MASTER)


class TestMasterLock:
    def test_covers_every_requirement_and_nothing_else(self) -> None:
        folder = TEMPLATES / "ml_repo"
        master = (folder / "requirements.lock").read_text()
        part = locking.lock_of((folder / "requirements.in").read_text(), master)
        assert locking.locked_names(part) == locking.locked_names(master)
        assert "://" not in master


class TestRenderedLock:
    @pytest.mark.parametrize("bp", [fraud_blueprint(), churn_blueprint()], ids=lambda bp: bp.archetype)
    def test_holds_what_is_imported_and_no_driver_that_is_not(self, bp) -> None:
        files = {file.path: file.content.decode() for file in render(bp)}
        names = locking.locked_names(files["requirements.lock"])
        modules = {_MODULE_OF.get(name, name.replace("-", "_")) for name in names}
        imported = {
            module
            for path, text in files.items()
            if path.startswith(("src/", "tests/")) and path.endswith(".py")
            for module in _imports(text)
        }
        programs = {Path(path).stem for path in files if path.startswith("tools/")}
        assert imported - modules - sys.stdlib_module_names - _OWN - programs == set()
        assert names.isdisjoint({"psycopg", "psycopg-binary", "valkey", "awslambdaric"})
        assert ("fastapi" in names) == (bp.archetype == "online_api")


def _imports(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found
