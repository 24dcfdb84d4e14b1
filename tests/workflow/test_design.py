"""The design workflow with the built-in engine: through, each decision at each gate, and bounded loops."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from libs.core.errors import Invalid
from libs.planning.models import LLM_SLOTS, Plan
from libs.projects.models import GatePolicy
from libs.runs.errors import DecisionInvalid, DecisionNotOffered
from libs.runs.models import Edits
from libs.workflow.graph import NODES
from tests.support.product import CHURN, FRAUD, Product, product_over, settings_for


class TestThrough:
    async def test_every_node_starts_completes_and_leaves_a_card(self, product: Product) -> None:
        started = await product.through(FRAUD)
        story = await product.story(started)
        assert [event.seq for event in story] == list(range(1, len(story) + 1))
        assert story[-1].type == "run-complete"
        count = Counter((event.type, event.node) for event in story)
        for node in NODES:
            assert count["node-start", node] == count["node-complete", node] == 1, node
            assert count["reason-card", node] >= 1, node
        async with product.db.read() as session:
            agent_runs = await product.services.runs.agent_runs(session, product.owner, started.run_id)
        assert Counter(run.node for run in agent_runs) == Counter(NODES)

    async def test_what_is_handed_over_is_stored_by_name(self, embedded: Product) -> None:
        started = await embedded.through(CHURN)
        done = await embedded.decision_set(started)
        assert done.status == "done"
        async with embedded.db.read() as session:
            artifacts = await embedded.services.projects.artifacts(
                session, embedded.owner, started.decision_set_id
            )
        names = {artifact.name for artifact in artifacts}
        assert {
            "constraints.json",
            "plan.json",
            "cost.json",
            "policy.json",
            "findings.json",
            "questions.json",
            "checks.json",
            "rationale.md",
            "diff.json",
            "diff.md",
            "payload.zip",
            "repository.zip",
            "matrix.json",
        } <= names
        plan = json.loads(await embedded.artifact(started, "plan.json"))
        assert plan["requirements"]["archetype"] == "batch_scoring"
        assert plan["requirements"]["region"] == "eu-central-1"

    async def test_the_same_answers_give_the_same_payload(
        self, embedded: Product, postgres_url: str, tmp_path: Path
    ) -> None:
        one = await embedded.decision_set(await embedded.through(CHURN))
        two = await embedded.decision_set(await embedded.through(CHURN))
        async with product_over(settings_for(postgres_url, tmp_path / "other")) as other:
            three = await other.decision_set(await other.through(CHURN))
        assert one.payload_sha256 == two.payload_sha256 == three.payload_sha256 is not None

    async def test_checkpoints_stay_small(self, product: Product) -> None:
        from libs.runs.savers import strict_serializer

        started = await product.through(FRAUD)
        async with product.services.execution.savers.reading() as saver:
            config = {"configurable": {"thread_id": started.thread_id}}
            kept = [checkpoint async for checkpoint in saver.alist(config)]
        serializer = strict_serializer()
        final = len(serializer.dumps_typed(kept[0].checkpoint)[1])
        stored = sum(len(serializer.dumps_typed(one.checkpoint)[1]) for one in kept)
        assert stored <= 3 * final
        assert stored <= 2_000_000


class TestInputGate:
    async def test_accepted_defaults_are_recorded_as_defaults(self, embedded: Product) -> None:
        started = await embedded.start(FRAUD)
        await embedded.work()
        await embedded.decide(started, "approve")
        await embedded.work()
        sources = {c["field"]: c["source"] for c in (await embedded.decision_set(started)).constraints}
        assert sources["latency_ms_p95"] == "stated"
        assert sources["training_frequency"] == "default"

    async def test_answers_become_constraints(self, embedded: Product) -> None:
        started = await embedded.start(FRAUD)
        await embedded.work()
        await embedded.decide(
            started, "respond", answers={"availability_pct": 99.95, "regions": ["eu-west-1"]}
        )
        await embedded.work()
        constraints = {c["field"]: c for c in (await embedded.decision_set(started)).constraints}
        assert constraints["availability_pct"]["value"] == 99.95
        assert constraints["availability_pct"]["source"] == "answered"
        gate = await embedded.waiting(started)
        if gate["kind"] == "input":
            assert "availability_pct" not in [q["field"] for q in gate["questions"]]

    async def test_a_text_is_read_as_a_further_message(self, embedded: Product) -> None:
        started = await embedded.start(FRAUD)
        await embedded.work()
        await embedded.decide(
            started, "respond", text="It has to run in eu-west-1 and may cost 9000 dollars a month."
        )
        await embedded.work()
        constraints = {c["field"]: c for c in (await embedded.decision_set(started)).constraints}
        assert constraints["regions"]["value"] == ["eu-west-1"]
        assert constraints["budget_usd_month"]["value"] == 9000
        assert constraints["latency_ms_p95"]["value"] == 100

    async def test_an_answer_of_the_wrong_type_is_refused_and_nothing_changes(
        self, embedded: Product
    ) -> None:
        started = await embedded.start(FRAUD)
        await embedded.work()
        before = await embedded.waiting(started)
        with pytest.raises(DecisionInvalid):
            await embedded.decide(started, "respond", answers={"availability_pct": "often"})
        with pytest.raises(DecisionInvalid):
            await embedded.decide(started, "respond", answers={"colour": "blue"})
        with pytest.raises(DecisionInvalid):
            await embedded.decide(started, "edit", edits={"constraints": {"regions": ["eu-middle-9"]}})
        assert await embedded.waiting(started) == before

    async def test_rejection_ends_the_run_before_anything_is_planned(self, embedded: Product) -> None:
        started = await embedded.start(FRAUD)
        await embedded.work()
        await embedded.decide(started, "reject", comment="not now")
        await embedded.work()
        assert (await embedded.decision_set(started)).status == "rejected"
        assert "node-start:planner" not in await embedded.kinds(started)

    async def test_a_recipe_waits_for_a_description_and_goes_on_with_one(self, embedded: Product) -> None:
        started = await embedded.start(
            "Take 200 g of flour, two eggs and a pinch of salt. Bake for 30 minutes."
        )
        await embedded.work()
        gate = await embedded.waiting(started)
        assert gate["outcome"] == "not_a_brief"
        with pytest.raises(DecisionNotOffered):
            await embedded.decide(started, "approve")
        await embedded.decide(started, "respond", text=FRAUD)
        await embedded.work()
        assert (await embedded.waiting(started))["outcome"] == ""

    async def test_never_lets_the_policy_accept_the_defaults(self, embedded: Product) -> None:
        started = await embedded.start(FRAUD, policy=GatePolicy(input="never"))
        await embedded.work()
        gate = await embedded.waiting(started)
        assert gate["kind"] == "final"
        decided = [e for e in await embedded.story(started) if e.type == "gate-decided"]
        assert [e.data["actor"] for e in decided] == ["policy:gate"]


class TestFinalGate:
    async def _at_gate(self, product: Product, *messages: str) -> object:
        started = await product.start(*messages, policy=GatePolicy(input="never"))
        await product.work()
        assert (await product.waiting(started))["kind"] == "final"
        return started

    async def test_an_exchanged_component_is_planned_again_and_shown(self, embedded: Product) -> None:
        started = await self._at_gate(embedded, CHURN)
        before = await embedded.waiting(started)  # type: ignore[arg-type]
        assert before["shown"]["components"]["serve"] == "fargate_batch"
        await embedded.decide(started, "edit", edits={"components": {"serve": "aws_batch"}})  # type: ignore[arg-type]
        await embedded.work()
        after = await embedded.waiting(started)  # type: ignore[arg-type]
        assert after["shown"]["components"]["serve"] == "aws_batch"
        assert after["digest"] != before["digest"]
        kinds = await embedded.kinds(started)  # type: ignore[arg-type]
        assert kinds.count("node-complete:intake_extract") == 1
        assert kinds.count("node-complete:planner") == 2

    async def test_an_edited_constraint_is_extracted_and_planned_again(self, embedded: Product) -> None:
        started = await self._at_gate(embedded, CHURN)
        await embedded.decide(started, "edit", edits={"constraints": {"regions": ["us-east-1"]}})  # type: ignore[arg-type]
        await embedded.work()
        gate = await embedded.waiting(started)  # type: ignore[arg-type]
        assert gate["shown"]["region"] == "us-east-1"

    async def test_a_rejection_with_revise_plans_again_with_the_comment(self, embedded: Product) -> None:
        started = await self._at_gate(embedded, CHURN)
        await embedded.decide(started, "reject", comment="It has to run in us-west-2.", revise=True)  # type: ignore[arg-type]
        await embedded.work()
        gate = await embedded.waiting(started)  # type: ignore[arg-type]
        assert gate["kind"] == "final"
        assert gate["shown"]["region"] == "us-west-2"

    async def test_a_final_rejection_never_generates(self, embedded: Product) -> None:
        started = await self._at_gate(embedded, CHURN)
        await embedded.decide(started, "reject", comment="too dear")  # type: ignore[arg-type]
        await embedded.work()
        kinds = await embedded.kinds(started)  # type: ignore[arg-type]
        assert "node-start:codegen" not in kinds
        assert kinds[-1] == "run-complete"
        assert (await embedded.decision_set(started)).status == "rejected"  # type: ignore[arg-type]

    async def test_an_unknown_option_is_refused(self, embedded: Product) -> None:
        started = await self._at_gate(embedded, CHURN)
        with pytest.raises(DecisionInvalid, match="serve"):
            await embedded.decide(started, "edit", edits={"components": {"serve": "mainframe"}})  # type: ignore[arg-type]

    async def test_an_option_for_a_slot_that_the_design_does_not_have_is_refused(
        self, embedded: Product
    ) -> None:
        started = await self._at_gate(embedded, CHURN)
        with pytest.raises(DecisionInvalid, match="no slot 'llm'"):
            await embedded.decide(started, "edit", edits={"components": {"llm": "bedrock_nova_lite"}})  # type: ignore[arg-type]

    async def test_an_option_that_nothing_can_be_written_with_is_tried_and_not_taken(
        self, embedded: Product
    ) -> None:
        started = await embedded.start(CHURN, policy=GatePolicy(input="never"))
        await embedded.work()
        edits = Edits(components={"orchestrate": "argo_on_eks"})
        tried = await embedded.services.what_ifs.effect(embedded.owner, started.decision_set_id, edits)
        assert tried.summary["components"]["orchestrate"] == "argo_on_eks"
        assert "feasibility.not_written" in {finding.code for finding in tried.findings}
        with pytest.raises(DecisionInvalid, match="step_functions"):
            await embedded.decide(started, "edit", edits=edits)
        assert (await embedded.waiting(started))["shown"]["components"]["orchestrate"] != "argo_on_eks"

    async def test_a_changed_assumption_is_planned_shown_and_kept_by_the_child(
        self, embedded: Product
    ) -> None:
        started = await embedded.start(CHURN, policy=GatePolicy(input="never"))
        await embedded.work()
        before = (await embedded.waiting(started))["shown"]["monthly_usd"]
        await embedded.decide(started, "edit", edits=Edits(assumptions={"ci_minutes": 1600}))
        await embedded.work()
        assert (await embedded.waiting(started))["shown"]["monthly_usd"] == pytest.approx(
            before + 6, abs=0.02
        )
        await embedded.decide(started, "approve")
        await embedded.work()
        child = await embedded.through("It has to run in us-east-1.", parent=started.decision_set_id)
        plan = json.loads(await embedded.artifact(child, "plan.json"))
        assert plan["requirements"]["assumptions"] == {"ci_minutes": 1600}
        difference = json.loads(await embedded.artifact(child, "diff.json"))
        assert "code" in difference


class TestLanguageModel:
    async def test_a_design_around_a_language_model_is_carried_to_a_repository(
        self, embedded: Product
    ) -> None:
        started = await embedded.through(
            "A RAG assistant over 40 GB of handbooks answers 5,000 questions a day of our staff in us-east-1, the "
            "first words within 3 seconds; 99.5% availability, three people run it, no limit on the budget."
        )
        assert (await embedded.decision_set(started)).status == "done"
        with zipfile.ZipFile(io.BytesIO(await embedded.artifact(started, "payload.zip"))) as packed:
            name = next(
                name for name in packed.namelist() if name.endswith("README.md") and name.count("/") <= 1
            )
            readme = packed.read(name).decode()
            paths = packed.namelist()
        plan = Plan.model_validate_json(await embedded.artifact(started, "plan.json"))
        assert {part.slot for part in plan.components if part.generated} >= LLM_SLOTS
        assert "## Not built yet" not in readme
        assert any(path.endswith("infra/envs/prod/llm.tf") for path in paths)
        assert any(path.endswith("/serve/app.py") for path in paths)


class TestInfeasible:
    async def test_a_budget_that_cannot_be_met_asks_what_may_give(self, embedded: Product) -> None:
        started = await embedded.start(
            FRAUD + " The budget is 20 dollars a month.", policy=GatePolicy(input="never")
        )
        await embedded.work()
        gate = await embedded.waiting(started)
        assert gate["outcome"] == "infeasible"
        assert "budget_usd_month" in gate["shown"]["conflicting"]
        with pytest.raises(DecisionNotOffered):
            await embedded.decide(started, "approve")
        await embedded.decide(started, "edit", edits={"constraints": {"budget_usd_month": None}})
        await embedded.work()
        assert (await embedded.waiting(started))["kind"] == "final"


class TestVersions:
    async def test_a_child_compares_itself_with_its_parent(self, embedded: Product) -> None:
        parent = await embedded.through(CHURN)
        child = await embedded.through(CHURN + " It has to run in us-east-1.", parent=parent.decision_set_id)
        difference = json.loads(await embedded.artifact(child, "diff.json"))
        assert difference["code"]["changed"]
        kept = await embedded.decision_set(child)
        assert kept.parent_id == parent.decision_set_id
        assert kept.version == (await embedded.decision_set(parent)).version + 1


class TestRefusedBriefs:
    @pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01"])
    async def test_an_empty_brief_starts_nothing(self, embedded: Product, text: str) -> None:
        with pytest.raises(Invalid, match="empty"):
            await embedded.start(text)
        async with embedded.db.read() as session:
            assert not await embedded.services.runs.list(session, embedded.owner)
