"""A repository keeps its name from version to version: its package and everything in the cloud carry it."""

import json

from libs.workflow.service import StartedDesign
from tests.support.product import CHURN, Product

ONLINE = "Make it an online API that answers each request within 200 ms."


async def named(product: Product, started: StartedDesign) -> tuple[str, str, str]:
    found = json.loads(await product.artifact(started, "blueprint.json"))
    return found["project"], found["package"], found["archetype"]


class TestChild:
    async def test_keeps_a_name_that_would_be_derived_otherwise_today(self, embedded: Product) -> None:
        first = await embedded.through(CHURN)
        project, package, archetype = await named(embedded, first)
        assert (archetype, project.rsplit("-", 1)[-1]) == ("batch_scoring", "scoring")
        anew = await embedded.through(f"{CHURN} {ONLINE}")
        assert (await named(embedded, anew))[0].endswith("-api")
        child = await embedded.through(ONLINE, parent=first.decision_set_id)
        assert await named(embedded, child) == (project, package, "online_api")

    async def test_keeps_the_name_over_a_version_that_wrote_nothing(self, product: Product) -> None:
        first = await product.through(CHURN)
        project, package, _ = await named(product, first)
        rejected = await product.start(ONLINE, parent=first.decision_set_id)
        await product.work()
        await product.decide(rejected, "reject", comment="Not this way.")
        await product.work()
        third = await product.through("Within 150 ms.", parent=rejected.decision_set_id)
        assert await named(product, third) == (project, package, "online_api")

    async def test_keeps_what_a_person_called_it_until_it_is_called_otherwise(
        self, embedded: Product
    ) -> None:
        first = await embedded.through(CHURN, name="Leavers of tomorrow")
        second = await embedded.through("It has to run in us-east-1.", parent=first.decision_set_id)
        renamed = await embedded.through(
            "Retrain it daily.", parent=second.decision_set_id, name="Who leaves"
        )
        last = await embedded.through("Retrain it every month.", parent=renamed.decision_set_id)
        assert [(await named(embedded, each))[0] for each in (first, second, renamed, last)] == [
            "leavers-of-tomorrow",
            "leavers-of-tomorrow",
            "who-leaves",
            "who-leaves",
        ]

    async def test_keeps_a_name_that_was_given_to_a_version_that_wrote_nothing(
        self, embedded: Product
    ) -> None:
        rejected = await embedded.start(CHURN, name="Leavers")
        await embedded.work()
        await embedded.decide(rejected, "reject", comment="Too dear.")
        await embedded.work()
        child = await embedded.through("The budget is 2,000 dollars.", parent=rejected.decision_set_id)
        assert (await named(embedded, child))[:2] == ("leavers", "leavers_ml")


class TestFork:
    async def test_is_called_like_the_design_that_it_forks(self, embedded: Product) -> None:
        first = await embedded.through(CHURN, name="Leavers")
        fork = await embedded.through(
            CHURN.replace("eu-central-1", "us-east-1"), fork_of=first.decision_set_id
        )
        assert (await named(embedded, fork))[0] == "leavers"
