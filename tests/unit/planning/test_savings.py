"""Ideas for saving: each names its amount, its condition and its source, and none is taken off the bill."""

from fnmatch import fnmatch

import pytest

from libs.planning.errors import CatalogueUnusable
from libs.planning.models import CostLine, Plan, Saving
from libs.planning.savings import TWINS, discounts, parse_discounts
from tests.unit.planning.scenes import CHURN, FRAUD, RAG, SMALL, VISION, Desk

BRIEFS = {"fraud": FRAUD, "churn": CHURN, "small": SMALL, "vision": VISION, "rag": RAG}


def sum_of(lines: list[CostLine]) -> float:
    return sum(line.monthly_usd or 0 for line in lines)


def with_keys(made: Plan, *patterns: str, slots: tuple[str, ...] = ()) -> list[CostLine]:
    return [
        line
        for line in made.cost.lines
        if any(fnmatch(line.key, pattern) for pattern in patterns) and (not slots or line.slot in slots)
    ]


def titled(made: Plan, start: str) -> Saving:
    [found] = [idea for idea in made.cost.savings if idea.title.startswith(start)]
    return found


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)
class TestEveryIdea:
    def test_names_amount_share_condition_and_source(self, desk: Desk, brief: dict) -> None:
        for idea in desk.plan(brief).cost.savings:
            assert idea.monthly_usd >= 1
            assert 0 < idea.share < 1
            assert idea.title
            assert idea.condition
            assert idea.source

    def test_saves_less_than_the_bill_and_the_largest_comes_first(self, desk: Desk, brief: dict) -> None:
        cost = desk.plan(brief).cost
        amounts = [idea.monthly_usd for idea in cost.savings]
        assert amounts == sorted(amounts, reverse=True)
        assert all(amount < cost.expected_usd for amount in amounts)
        assert all(amount >= 0.01 * cost.expected_usd for amount in amounts)

    def test_is_never_part_of_the_total(self, desk: Desk, brief: dict) -> None:
        cost = desk.plan(brief).cost
        assert cost.expected_usd == pytest.approx(sum_of(list(cost.lines)), abs=0.02)


class TestTwins:
    def test_saves_the_difference_of_the_two_unit_prices(self, desk: Desk) -> None:
        made = desk.plan(FRAUD, deployment_preference="containers", throughput_rps=500)
        if made.component("serve").option != "ecs_fargate_service":
            made = desk.plan(FRAUD, deployment_preference="containers", throughput_rps=60)
        assert made.component("serve").option == "ecs_fargate_service"
        intel, arm = (desk.prices.find(key, "us-east-1") for key in TWINS[0][:2])
        assert intel is not None
        assert arm is not None
        idea = titled(made, "Graviton: vCPU hours")
        vcpu = sum_of(with_keys(made, "fargate.vcpu_hour"))
        assert idea.share == pytest.approx(1 - arm.usd / intel.usd, abs=1e-4)
        assert idea.monthly_usd == pytest.approx(vcpu * (intel.usd - arm.usd) / intel.usd, abs=0.02)
        assert arm.source in idea.source

    def test_what_runs_on_the_cheaper_twin_is_not_told_to_move_there(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        assert made.component("serve").option == "ecs_fargate_arm_service"
        assert not [i for i in made.cost.savings if i.title.startswith("Graviton") and i.slot == "serve"]

    def test_a_region_has_its_own_difference(self, desk: Desk) -> None:
        made = desk.plan(CHURN, data_volume_gb=20_000, regions=["eu-central-1"])
        dear, cheap = (desk.prices.find(key, "eu-central-1") for key in TWINS[2][:2])
        assert dear is not None
        assert cheap is not None
        assert titled(made, "S3 Standard-Infrequent").share == pytest.approx(
            1 - cheap.usd / dear.usd, abs=1e-4
        )


class TestDiscounts:
    def test_take_their_published_share_of_the_lines_they_are_for(self, desk: Desk) -> None:
        made = desk.plan(CHURN, training_frequency="daily", data_volume_gb=200)
        [published] = [d for d in discounts() if d.id == "spot_training"]
        touched = with_keys(made, *published.keys, slots=published.slots)
        idea = titled(made, published.title)
        assert idea.monthly_usd == pytest.approx(sum_of(touched) * published.share, abs=0.02)
        assert idea.share == published.share

    def test_a_commitment_is_for_what_runs_all_the_time(self, desk: Desk) -> None:
        steady = {discount.title for discount in discounts() if discount.steady}
        assert steady & {idea.title for idea in desk.plan(FRAUD).cost.savings}
        nightly = desk.plan(CHURN, training_frequency="hourly", data_volume_gb=500)
        assert not steady & {idea.title for idea in nightly.cost.savings}

    def test_tasks_save_less_by_a_commitment_than_machines(self) -> None:
        shares = {discount.id: discount.share for discount in discounts()}
        assert shares["fargate_savings_plan"] == 0.52
        assert shares["compute_savings_plan"] == 0.66

    def test_each_says_where_its_share_was_read(self) -> None:
        assert all(discount.source and 0 < discount.share < 1 for discount in discounts())
        assert len({discount.id for discount in discounts()}) == len(discounts())


class TestABadList:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("- id: a\n  title: [", 3),
            ("- id: a\n  title: t\n  keys: [x]\n  steady: maybe", 4),
            ("- id: a\n  id: b", 2),
        ],
    )
    def test_is_refused_with_file_and_line(self, text: str, line: int) -> None:
        with pytest.raises(CatalogueUnusable) as caught:
            parse_discounts(text)
        assert caught.value.message.startswith(f"savings.yaml, line {line}: ")
