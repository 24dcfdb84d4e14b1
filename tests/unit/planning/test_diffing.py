"""The joint diff of two designs: requirements, assumptions, components, cost, policies; and its page."""

import json
from datetime import date

from libs.planning.diff_page import design_diff_markdown
from libs.planning.diffing import DesignDiff, diff_designs
from libs.planning.models import Plan
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.requirements import resolve
from libs.planning.solver import plan
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, SMALL, Desk, given


def assumed(desk: Desk, **figures: float) -> Plan:
    """The small service under other planning assumptions."""
    needs = resolve(given(SMALL), AS_OF, figures)[0]
    made = plan(needs, desk.catalogue, desk.prices, as_of=AS_OF)
    assert isinstance(made, Plan)
    return made


def judged(before: Plan, after: Plan) -> DesignDiff:
    return diff_designs(before, after, evaluate_policies(before), evaluate_policies(after))


class TestDiffDesigns:
    def test_a_design_does_not_differ_from_itself(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        diff = judged(made, made)
        assert diff.changed is False
        assert diff.cost.delta == diff.latency.delta == diff.availability.delta == 0
        assert diff.components == diff.requirements == diff.assumptions == diff.policies == ()

    def test_a_first_design_adds_everything(self, desk: Desk) -> None:
        made = desk.plan(CHURN)
        diff = diff_designs(None, made)
        assert {change.kind for change in diff.components} == {"added"}
        assert [change.slot for change in diff.components] == [part.slot for part in made.components]
        assert diff.cost.delta is None
        assert all(line.before is None for line in diff.cost.lines)
        assert diff.assumptions == ()

    def test_a_changed_constraint_shows_in_requirements_components_and_cost(self, desk: Desk) -> None:
        before, after = desk.plan(SMALL), desk.plan(SMALL, deployment_preference="containers")
        diff = diff_designs(before, after)
        [asked] = [c for c in diff.requirements if c.field == "deployment_preference"]
        assert (asked.before, asked.after) == (None, "containers")
        [serve] = [c for c in diff.components if c.slot == "serve"]
        assert serve.kind == "replaced"
        assert serve.before is not None
        assert serve.after is not None
        assert serve.before.option == before.component("serve").option
        assert serve.after.option == after.component("serve").option
        assert diff.cost.delta == round(after.cost.expected_usd - before.cost.expected_usd, 6)
        assert any(line.before is None for line in diff.cost.lines)
        assert any(line.after is None for line in diff.cost.lines)

    def test_the_lines_add_up_to_the_change_of_the_bill(self, desk: Desk) -> None:
        before, after = desk.plan(SMALL), desk.plan(SMALL, deployment_preference="containers")
        diff = diff_designs(before, after)
        moved = sum((line.after or 0) - (line.before or 0) for line in diff.cost.lines)
        assert diff.cost.delta is not None
        assert abs(moved - diff.cost.delta) < 0.02

    def test_more_traffic_resizes(self, desk: Desk) -> None:
        before = desk.plan(SMALL, deployment_preference="containers", throughput_rps=500)
        after = desk.plan(SMALL, deployment_preference="containers", throughput_rps=550)
        kinds = {c.slot: c.kind for c in diff_designs(before, after).components}
        assert kinds["serve"] == "resized"

    def test_slots_that_only_one_of_them_has_are_added_and_removed(self, desk: Desk) -> None:
        plain, language = desk.plan(SMALL), desk.plan(SMALL, ml_task="llm_rag", latency_ms_p95=5000)
        added = {c.slot for c in diff_designs(plain, language).components if c.kind == "added"}
        removed = {c.slot for c in diff_designs(language, plain).components if c.kind == "removed"}
        assert added == removed == {"llm", "vector_store", "embeddings", "guardrails", "evaluation"}

    def test_a_changed_assumption_is_a_change_of_its_own(self, desk: Desk) -> None:
        diff = diff_designs(assumed(desk), assumed(desk, log_kb=5.0))
        [changed] = diff.assumptions
        assert (changed.field, changed.after) == ("log_kb", 5.0)
        assert changed.before == assumed(desk).figure("log_kb")
        assert diff.requirements == ()
        assert diff.changed

    def test_a_first_design_shows_the_assumptions_that_are_not_the_usual_ones(self, desk: Desk) -> None:
        [changed] = diff_designs(None, assumed(desk, ops_hour_rate_usd=0)).assumptions
        assert (changed.field, changed.after) == ("ops_hour_rate_usd", 0)

    def test_a_rule_that_begins_to_apply_is_told_with_its_outcome(self, desk: Desk) -> None:
        before, after = desk.plan(SMALL), desk.plan(SMALL, compliance=["PCI-DSS"])
        diff = judged(before, after)
        begun = {c.rule: c.after for c in diff.policies if c.before is None}
        assert any(rule.startswith("pci_dss.") for rule in begun)
        assert "fail" not in begun.values()
        ended = {c.rule for c in judged(after, before).policies if c.after is None}
        assert set(begun) <= ended

    def test_it_is_plain_json(self, desk: Desk) -> None:
        diff = judged(desk.plan(CHURN), desk.plan(CHURN, regions=["eu-west-1"]))
        told = diff.to_json()
        assert json.loads(json.dumps(told)) == told
        assert DesignDiff.model_validate(told) == diff


def table(page: str, title: str) -> list[list[str]]:
    """The cells of a table, row by row; bars that are part of the text do not end a cell."""
    part = page.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")][2:]
    marked = [row.replace("\\\\", "").replace("\\|", "BAR").strip("|") for row in rows]
    return [[cell.strip() for cell in row.split("|")] for row in marked]


class TestPage:
    def test_the_same_design_is_one_sentence(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        assert design_diff_markdown(diff_designs(made, made)) == "The design is the same.\n"

    def test_totals_come_first_and_then_what_was_asked(self, desk: Desk) -> None:
        before, after = desk.plan(SMALL), desk.plan(SMALL, deployment_preference="containers")
        page = design_diff_markdown(judged(before, after))
        assert page.startswith("| | before | after | change |")
        assert f"${before.cost.expected_usd:,.2f} | ${after.cost.expected_usd:,.2f}" in page
        titles = [line for line in page.splitlines() if line.startswith("## ")]
        assert titles[:3] == ["## Requirements", "## Components", "## Bill"]
        assert ["deployment preference", "none", "containers"] in table(page, "Requirements")
        [row] = [row for row in table(page, "Components") if row[0] == "serve"]
        assert row[1] == "replaced"
        assert row[2].startswith(before.component("serve").title)
        assert row[3].startswith(after.component("serve").title)

    def test_every_table_has_as_many_cells_a_row_as_its_head(self, desk: Desk) -> None:
        page = design_diff_markdown(judged(desk.plan(SMALL), desk.plan(CHURN, compliance=["HIPAA"])))
        heads = {"Requirements": 3, "Components": 4, "Bill": 4, "Policies": 4}
        for title, cells in heads.items():
            assert {len(row) for row in table(page, title)} == {cells}, title

    def test_the_lines_that_moved_most_are_shown_and_the_rest_is_counted(self, desk: Desk) -> None:
        page = design_diff_markdown(diff_designs(desk.plan(CHURN), desk.plan(FRAUD, regions=["eu-west-1"])))
        rows = table(page, "Bill")
        assert len(rows) == 15
        amounts = [float(row[3].lstrip("+−").lstrip("$").replace(",", "")) for row in rows]
        assert amounts == sorted(amounts, reverse=True)
        assert "further lines moved less." in page

    def test_assumptions_and_policies_have_tables_of_their_own(self, desk: Desk) -> None:
        page = design_diff_markdown(diff_designs(assumed(desk), assumed(desk, log_kb=5.0)))
        assert table(page, "Assumptions")[0][0::2] == ["log kb", "5"]
        rules = design_diff_markdown(judged(desk.plan(SMALL), desk.plan(SMALL, compliance=["PCI-DSS"])))
        assert any(row[0].startswith("`pci_dss.") and row[2] == "pass" for row in table(rules, "Policies"))

    def test_words_of_strangers_neither_end_a_cell_nor_become_markup(self, desk: Desk) -> None:
        hostile = "a|b\n## Approved\n<script>alert(1)</script> [x](http://e.vil) `c` *d* _e_ \\|"
        before = desk.plan(SMALL)
        asked = before.requirements.model_copy(update={"existing_stack": (hostile, "plain")})
        part = before.component("serve").model_copy(update={"title": hostile, "size": {"name": hostile}})
        parts = tuple(part if c.slot == "serve" else c for c in before.components)
        after = before.model_copy(update={"requirements": asked, "components": parts})
        page = design_diff_markdown(diff_designs(before, after))
        assert "\n## Approved" not in page
        assert "\\<script\\>" in page
        assert "](" not in page.replace("\\](", "")
        assert {len(row) for row in table(page, "Requirements")} == {3}
        assert {len(row) for row in table(page, "Components")} == {4}

    def test_a_price_that_is_not_known_is_not_shown_as_nothing(self, desk: Desk) -> None:
        before = desk.plan(SMALL)
        part = before.component("serve").model_copy(update={"monthly_usd": None, "option": "other"})
        parts = tuple(part if c.slot == "serve" else c for c in before.components)
        page = design_diff_markdown(diff_designs(before, before.model_copy(update={"components": parts})))
        assert "price unknown" in page

    def test_the_day_of_the_prices_is_no_change_of_the_design(self, desk: Desk) -> None:
        before = desk.plan(SMALL)
        after = before.model_copy(update={"prices_as_of": date(2027, 1, 1)})
        assert not diff_designs(before, after).changed
