"""What a repository depends on: licences, bill of materials."""

import time
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import pytest

from libs.codegen.answers import ANSWERS_PATH, write_answers
from libs.codegen.checks import licence_policy
from libs.codegen.checks.check import Tree
from libs.codegen.checks.licence import LicenceCheck
from libs.codegen.checks.sbom import SbomCheck, missing
from libs.codegen.checks.tools import ToolPaths
from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox
from tests.support.blueprints import fraud_blueprint

MakeTree = Callable[[dict[str, str | None] | None], Tree]
HASH = "--hash=sha256:" + "ab" * 32
LOCK = f"quiet==1.0 \\\n    {HASH}\nLoud.Thing[all]==2.1 ; python_version < '4' \\\n    {HASH}\n"


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment whose packages state their licences; gives its interpreter."""
    site = tmp_path / "env" / "lib" / "python3.11" / "site-packages"
    stated = {"quiet": "License-Expression: MIT", "loud-thing": "License-Expression: BSD-3-Clause AND MIT"}
    for name, line in stated.items():
        folder = site / f"{name.replace('-', '_')}-1.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1\n{line}\n")
    return tmp_path / "env" / "bin" / "python"


class TestLicenceCheck:
    async def test_passes_when_every_licence_is_known_and_allowed(
        self, make_tree: MakeTree, tools: ToolPaths, environment: Path
    ) -> None:
        check = LicenceCheck(tools.model_copy(update={"runtime_python": environment}))

        result = await check.run(make_tree({"requirements.lock": LOCK}))

        assert (result.status, result.findings) == ("pass", ())
        assert "3 dependencies" in result.reason

    @pytest.mark.parametrize(
        ("pin", "said"),
        [("nobody-knows==1.0", "names no licence"), ("yamllint==1.38", "is under GPL-3.0-or-later")],
    )
    async def test_catches_a_licence_that_is_unknown_or_not_allowed(
        self, make_tree: MakeTree, tools: ToolPaths, environment: Path, pin: str, said: str
    ) -> None:
        check = LicenceCheck(tools.model_copy(update={"runtime_python": environment}))

        result = await check.run(make_tree({"requirements.lock": f"{LOCK}{pin} \\\n    {HASH}\n"}))

        [finding] = result.findings
        assert (result.status, finding.path, finding.line) == ("fail", "requirements.lock", 5)
        assert said in finding.message

    async def test_catches_a_provider_that_nobody_has_looked_at(
        self, make_tree: MakeTree, tools: ToolPaths
    ) -> None:
        planted = 'terraform {\n  required_providers {\n    x = {\n      source = "someone/unknown"\n    }\n  }\n}\n'

        result = await LicenceCheck(tools).run(make_tree({"infra/envs/dev/extra.tf": planted}))

        [finding] = result.findings
        assert (result.status, finding.path, finding.line) == ("fail", "infra/envs/dev/extra.tf", 4)

    async def test_blank_lines_take_no_time(self, make_tree: MakeTree, tools: ToolPaths) -> None:
        began = time.perf_counter()

        result = await LicenceCheck(tools).run(make_tree({"infra/envs/dev/extra.tf": "\n" * 200_000}))

        assert result.status == "pass"
        assert time.perf_counter() - began < 5

    async def test_is_skipped_where_nothing_is_installed(self, make_tree: MakeTree, tools: ToolPaths) -> None:
        check = LicenceCheck(tools.model_copy(update={"runtime_python": Path("/nowhere/bin/python")}))

        result = await check.run(make_tree({"requirements.lock": LOCK}))

        assert result.status == "skipped"
        assert "make install" in result.reason

    async def test_a_library_licence_is_kept_with_its_reason(
        self, make_tree: MakeTree, tools: ToolPaths, environment: Path
    ) -> None:
        metadata = environment.parent.parent / "lib/python3.11/site-packages/quiet-1.dist-info/METADATA"
        metadata.write_text(metadata.read_text().replace("MIT", "LGPL-3.0-only"))
        check = LicenceCheck(tools.model_copy(update={"runtime_python": environment}))

        result = await check.run(make_tree({"requirements.lock": LOCK}))

        [finding] = result.findings
        assert (result.status, finding.suppressed) == ("pass", True)
        assert "unmodified" in finding.reason


class TestLicencePolicy:
    @pytest.mark.parametrize(
        ("header", "value", "licence"),
        [
            ("License-Expression", "MIT OR Apache-2.0", "MIT OR Apache-2.0"),
            ("Classifier", "License :: OSI Approved :: BSD License", "BSD-3-Clause"),
            ("License", "MPL-2.0 AND MIT", "MPL-2.0 AND MIT"),
            ("License", "MIT License", "MIT"),
            ("License", "All rights reserved", ""),
            ("Classifier", "License :: OSI Approved", ""),
        ],
    )
    def test_reads_what_a_package_states(self, header: str, value: str, licence: str) -> None:
        metadata = Message()
        metadata[header] = value

        assert licence_policy.stated(metadata) == licence

    @pytest.mark.parametrize(
        ("expression", "standing"),
        [
            ("MIT", "allowed"),
            ("Apache-2.0 WITH LLVM-exception", "allowed"),
            ("GPL-3.0-only OR MIT", "allowed"),
            ("(MIT AND GPL-3.0-only)", "unknown"),
            ("LGPL-3.0-only AND MIT", "library"),
            ("AGPL-3.0-only", "unknown"),
            ("", "unknown"),
        ],
    )
    def test_judges_an_expression(self, expression: str, standing: str) -> None:
        assert licence_policy.standing(expression) == standing


class TestSbomCheck:
    @pytest.fixture
    def files(self) -> dict[str, str | None]:
        return {"requirements.lock": LOCK, ANSWERS_PATH: write_answers(fraud_blueprint())}

    async def test_passes_a_valid_and_complete_bill(
        self,
        sandbox: BubblewrapSandbox,
        installed: Callable[[str], ToolPaths],
        make_tree: MakeTree,
        files: dict[str, str | None],
    ) -> None:
        result = await SbomCheck(sandbox, installed("check-jsonschema")).run(make_tree(files))

        assert (result.status, result.findings) == ("pass", ())
        assert "CycloneDX 1.6, 3 components" in result.reason

    async def test_catches_a_bill_that_is_not_valid(
        self,
        sandbox: BubblewrapSandbox,
        installed: Callable[[str], ToolPaths],
        make_tree: MakeTree,
        files: dict[str, str | None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def broken(*_: object) -> dict[str, object]:
            return {
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "components": [{"type": "libary", "name": "quiet", "version": "1.0"}],
            }

        monkeypatch.setattr("libs.codegen.sbom.cyclonedx", broken)

        result = await SbomCheck(sandbox, installed("check-jsonschema")).run(make_tree(files))

        assert result.status == "fail"
        assert [f.check_id for f in result.findings] == ["sbom.shape", "sbom.missing"]
        assert "libary" in result.findings[0].message

    def test_catches_a_locked_package_that_is_left_out(self, make_tree: MakeTree) -> None:
        tree = make_tree({"requirements.lock": LOCK})

        found = missing(tree.path, {"components": [{"name": "quiet", "version": "1.0"}]})

        assert [(f.line, f.message.split()[0]) for f in found] == [(3, "loud-thing")]

    async def test_answers_that_cannot_be_read_fail(
        self,
        sandbox: BubblewrapSandbox,
        installed: Callable[[str], ToolPaths],
        make_tree: MakeTree,
        files: dict[str, str | None],
    ) -> None:
        tree = make_tree({**files, ANSWERS_PATH: "project: 1\n"})

        assert (await SbomCheck(sandbox, installed("check-jsonschema")).run(tree)).status == "fail"

    async def test_is_skipped_without_answers(
        self, sandbox: BubblewrapSandbox, tools: ToolPaths, make_tree: MakeTree
    ) -> None:
        assert (await SbomCheck(sandbox, tools).run(make_tree(None))).status == "skipped"
