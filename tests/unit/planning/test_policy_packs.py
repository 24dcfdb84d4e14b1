"""Packs as files: those shipped, those of an organisation, waivers, and what is refused when loaded."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from libs.planning.errors import PoliciesUnusable
from libs.planning.models import PolicyResult
from libs.planning.policies.judging import judge
from libs.planning.policies.packs import PACKS, load_packs, parse_packs, parse_waivers
from libs.planning.policies.terraform import terraform_input
from tests.unit.planning.policy_scenes import AS_OF, good_plan, with_fact

OURS = """title: House rules
rules:
  - id: dashboards
    control: House 1
    severity: fail
    message: There are dashboards.
    fix: Choose an option with dashboards.
    test: {kind: each_has, slots: [observe], fact: dashboards, words: dashboards}
  - id: hardened_tasks
    control: House 2
    severity: warn
    message: Instances use version 2 of the metadata service.
    fix: Set http_tokens.
    test:
      kind: resource
      types: [aws_instance]
      attribute: metadata_options.http_tokens
      one_of: [required]
      words: takes version 1
"""
NO_BACKUPS = with_fact(good_plan(), ("store", "features"), "backups", False)


def backups(text: str, as_of: date = AS_OF) -> list[PolicyResult]:
    """Results of the backup rule on a plan whose store and features have none."""
    found = judge(NO_BACKUPS, load_packs().packs, as_of=as_of, waivers=parse_waivers(text))
    return [r for r in found if r.rule == "baseline.backups"]


class TestShippedPacks:
    def test_every_file_is_listed(self) -> None:
        files = {
            entry.name for entry in resources.files("libs.planning.policies").joinpath("packs").iterdir()
        }
        assert files == {f"{name}.yaml" for name in PACKS}
        assert [pack.id for pack in load_packs().packs] == list(PACKS)

    def test_every_rule_says_what_it_asks_for(self) -> None:
        for pack in load_packs().packs:
            for rule in pack.rules:
                assert rule.message.endswith("."), rule.id
                assert rule.fix.endswith("."), rule.id
                assert any(letter.isdigit() for letter in rule.control), rule.id


class TestOrganisationPacks:
    def test_are_judged_with_the_shipped_ones(self, tmp_path: Path) -> None:
        (tmp_path / "house.yaml").write_text(OURS)
        packs = load_packs(tmp_path).packs
        assert [pack.id for pack in packs] == [*PACKS, "house"]
        terraform = terraform_input({"main.tf": 'resource "aws_instance" "a" {\n  ami = "x"\n}\n'})
        plan = with_fact(good_plan(), ("observe",), "dashboards", False)
        found = {r.rule: r for r in judge(plan, packs, as_of=AS_OF, terraform=terraform) if r.pack == "house"}
        assert found["house.dashboards"].outcome == "fail"
        assert found["house.hardened_tasks"].evidence == "aws_instance.a (main.tf:1) takes version 1"

    def test_an_empty_folder_changes_nothing(self, tmp_path: Path) -> None:
        assert load_packs(tmp_path) == load_packs()

    def test_a_folder_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PoliciesUnusable, match="no such folder"):
            load_packs(tmp_path / "gone")


class TestRefusedPacks:
    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            ("title: x\nrules: [\n", 3, "not YAML"),
            ("- a\n", 1, "a pack is a mapping"),
            ("", 1, "a pack is a mapping"),
            ("title: x\nrules: []\n", 2, "at least 1 item"),
            ("title: x\nrules: 3\n", 2, "rules"),
            (OURS.replace("severity: fail", "severity: maybe"), 5, "severity"),
            (OURS.replace("control: House 1\n    ", ""), 3, "control"),
            (OURS.replace("kind: each_has", "kind: nonsense"), 8, "test"),
            (OURS.replace("fact: dashboards", "fact: dashbords"), 8, "unknown fact dashbords"),
            (OURS.replace("[observe]", "[observer]"), 8, "unknown slot observer"),
            (OURS.replace("id: hardened_tasks", "id: dashboards"), 9, "rule dashboards is there twice"),
            (OURS.replace("    fix: Set http_tokens.", "    fix: Set.\n    fixx: y"), 14, "fixx"),
        ],
    )
    def test_name_file_line_and_reason(self, tmp_path: Path, text: str, line: int, reason: str) -> None:
        (tmp_path / "house.yaml").write_text(text)
        with pytest.raises(PoliciesUnusable) as caught:
            load_packs(tmp_path)
        assert caught.value.message.startswith(f"house.yaml:{line}: ")
        assert reason in caught.value.message

    def test_an_id_that_is_taken_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "gdpr.yaml").write_text(OURS)
        with pytest.raises(PoliciesUnusable, match="there is a pack gdpr already"):
            load_packs(tmp_path)

    def test_a_file_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "house.yaml").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(PoliciesUnusable, match=r"house\.yaml: not readable"):
            load_packs(tmp_path)

    def test_yaml_cannot_make_objects(self) -> None:
        with pytest.raises(PoliciesUnusable, match="not YAML"):
            parse_packs({"house.yaml": "!!python/object/apply:os.getcwd []"})


class TestWaivers:
    WHOLE = "- {rule: baseline.backups, owner: Ada, reason: throw-away data, expires: 2026-12-31}"

    def test_a_valid_one_turns_failures_into_warnings_that_name_it(self) -> None:
        found = backups(self.WHOLE)
        assert [r.outcome for r in found] == ["warn", "warn"]
        assert {r.severity for r in found} == {"fail"}
        assert found[0].waiver is not None
        assert (found[0].waiver.owner, found[0].waiver.expires) == ("Ada", date(2026, 12, 31))

    def test_its_last_day_counts_and_the_day_after_does_not(self) -> None:
        assert {r.outcome for r in backups(self.WHOLE, date(2026, 12, 31))} == {"warn"}
        late = backups(self.WHOLE, date(2027, 1, 1))
        assert {r.outcome for r in late} == {"fail"}
        assert "the waiver of Ada expired on 2026-12-31" in late[0].evidence
        assert late[0].waiver is None

    @pytest.mark.parametrize("part", ["owner: Ada, ", "reason: throw-away data, ", ", expires: 2026-12-31"])
    def test_one_that_leaves_something_out_does_not_hold_and_that_is_said(self, part: str) -> None:
        found = backups(self.WHOLE.replace(part, ""))
        assert {r.outcome for r in found} == {"fail"}
        assert "a waiver without" in found[0].evidence

    def test_one_for_a_slot_covers_that_slot_alone(self) -> None:
        found = backups(self.WHOLE.replace("owner:", "resource: store, owner:"))
        assert [(r.slot, r.outcome) for r in found] == [("store", "warn"), ("features", "fail")]

    def test_one_for_a_resource_covers_that_resource_alone(self) -> None:
        text = "".join(f'resource "aws_kms_key" "{name}" {{\n  description = "d"\n}}\n' for name in "ab")
        entry = self.WHOLE.replace("baseline.backups", "baseline.tf_key_rotation").replace(
            "owner:", "resource: aws_kms_key.b, owner:"
        )
        found = judge(
            good_plan(),
            load_packs().packs,
            as_of=AS_OF,
            terraform=terraform_input({"m.tf": text}),
            waivers=parse_waivers(entry),
        )
        outcomes = [(r.resource, r.outcome) for r in found if r.rule == "baseline.tf_key_rotation"]
        assert outcomes == [("aws_kms_key.a", "fail"), ("aws_kms_key.b", "warn")]

    def test_it_leaves_what_passes_alone(self) -> None:
        found = judge(good_plan(), load_packs().packs, as_of=AS_OF, waivers=parse_waivers(self.WHOLE))
        (result,) = [r for r in found if r.rule == "baseline.backups"]
        assert (result.outcome, result.waiver) == ("pass", None)

    def test_they_are_read_from_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "waivers.yaml").write_text(self.WHOLE)
        assert [entry.owner for entry in load_packs(tmp_path).waivers] == ["Ada"]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (
                "- {rule: baseline.nothing, owner: A, reason: r, expires: 2026-12-31}",
                "no rule baseline.nothing",
            ),
            ("- {owner: A}", "waivers.yaml:1: 0.rule"),
            ("- rule: baseline.backups\n  expires: soon\n", "waivers.yaml:2: 0.expires"),
            ("- {rule: [", "waivers.yaml:1: not YAML"),
        ],
    )
    def test_a_bad_file_is_refused(self, tmp_path: Path, text: str, reason: str) -> None:
        (tmp_path / "waivers.yaml").write_text(text)
        with pytest.raises(PoliciesUnusable) as caught:
            load_packs(tmp_path)
        assert reason in caught.value.message
