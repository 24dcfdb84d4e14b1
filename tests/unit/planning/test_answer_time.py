"""How long an answer may take: with headroom, as far as the way to the caller allows, and said where it does not."""

from typing import Any

import pytest

from libs.planning.answer_time import answer_time
from libs.planning.feasibility import criticise_feasibility
from libs.planning.models import Plan, Slot
from libs.planning.solver import plan
from tests.unit.planning.scenes import AS_OF, RAG, Desk, needs


class TestAnswerTime:
    @pytest.mark.parametrize(
        ("seconds", "most", "limit", "cut"),
        [
            (3, None, 30, False),
            (3, 29, 25, False),
            (14, 60, 30, False),
            (24, 60, 50, False),
            (40, 60, 56, True),
            (40, None, 82, False),
            (13, 29, 25, True),
        ],
    )
    def test_is_twice_what_is_planned_within_what_the_way_allows(
        self, seconds: float, most: int | None, limit: int, cut: bool
    ) -> None:
        found = answer_time(
            "online_api", {"answer_seconds": seconds}, {} if most is None else {"answer_seconds_most": most}
        )
        assert found is not None
        assert (found.limit, found.cut) == (limit, cut)

    def test_nobody_waits_for_a_run(self) -> None:
        limits = [answer_time("batch_scoring", {"answer_seconds": each}, {}) for each in (3, 40)]
        assert [found and found.limit for found in limits] == [120, 164]


class TestPlans:
    def found(self, desk: Desk, words: int, **chosen: str) -> list[str]:
        forced: dict[Any, Any] = {"llm": "bedrock_nova_pro", **chosen}
        asked = needs(RAG, output_tokens=words, availability_pct=99.0, latency_ms_p95=60_000)
        fixed: dict[Slot, str] = forced
        made = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed)
        assert isinstance(made, Plan), made
        return [each.code for each in criticise_feasibility(made) if ".answer_" in each.code]

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (350, []),
            (1500, ["feasibility.answer_headroom"]),
            (4000, ["feasibility.answer_over_limit"]),
        ],
    )
    def test_a_function_ends_answers_that_take_long(self, desk: Desk, words: int, said: list[str]) -> None:
        assert self.found(desk, words, serve="lambda_service") == said

    def test_a_load_balancer_waits_as_long_as_it_is_told(self, desk: Desk) -> None:
        assert self.found(desk, 4000, serve="ecs_fargate_service") == []

    def test_what_is_ended_too_early_is_not_chosen_again(self, desk: Desk) -> None:
        asked = needs(RAG, output_tokens=4000, availability_pct=99.0, latency_ms_p95=60_000)
        made = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced={"serve": "lambda_service"})
        assert isinstance(made, Plan)
        [told] = [each for each in criticise_feasibility(made) if each.code.endswith("answer_over_limit")]
        assert (told.blocking, told.slot, told.option) == (True, "serve", "lambda_service")


class TestFirstWords:
    """A latency target means the first words of an answer, where what serves it hands them on."""

    def path(self, desk: Desk, words: int, serve: str) -> dict[str, float]:
        asked = needs(RAG, output_tokens=words, availability_pct=99.0, latency_ms_p95=60_000)
        fixed: dict[Slot, str] = {"llm": "bedrock_nova_pro", "serve": serve}
        made = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed)
        assert isinstance(made, Plan), made
        return {hop.name: hop.p95_ms for hop in made.latency.hops}

    @pytest.mark.parametrize("serve", ["ecs_fargate_service", "eks_service", "sagemaker_endpoint"])
    def test_do_not_wait_for_the_last(self, desk: Desk, serve: str) -> None:
        short, long = (self.path(desk, words, serve) for words in (300, 1000))
        assert short == long
        assert short["first words of the answer"] == 40 / 80 * 1000

    @pytest.mark.parametrize("serve", ["lambda_service", "sagemaker_serverless"])
    def test_come_with_the_last_where_nothing_is_streamed(self, desk: Desk, serve: str) -> None:
        short, long = (self.path(desk, words, serve) for words in (300, 1000))
        assert short["rest of the answer"] == (300 - 40) / 100 * 1000
        assert long["rest of the answer"] == (1000 - 40) / 100 * 1000

    def test_come_as_late_as_the_chosen_model_writes(self, desk: Desk) -> None:
        """The path has the usual 100 tokens a second; Claude Sonnet is planned with 60."""
        fixed: dict[Slot, str] = {"llm": "bedrock_claude_sonnet", "serve": "lambda_service"}
        found = {}
        for target in (6500, 9000):
            asked = needs(RAG, output_tokens=350, availability_pct=99.0, latency_ms_p95=target)
            made = plan(asked, desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed)
            assert isinstance(made, Plan), made
            [told] = [
                each for each in criticise_feasibility(made) if each.code.startswith("feasibility.latency_")
            ]
            found[target] = told
            assert (
                " + 2066.67 ms more for the rest" in told.evidence
            )  # 310 tokens at 60 a second instead of 100
        assert (found[6500].code, found[6500].blocking) == ("feasibility.latency_over_target", True)
        assert (found[6500].slot, found[6500].option) == ("serve", "lambda_service")
        assert not found[9000].blocking

    def test_of_a_short_answer_are_the_answer(self, desk: Desk) -> None:
        path = self.path(desk, 20, "lambda_service")
        assert (path["first words of the answer"], path["rest of the answer"]) == (20 / 80 * 1000, 0)
