"""The catalogue holds what everybody relies on, and a bad one is refused with file, line and reason."""

from importlib import resources
from pathlib import Path

import pytest

from libs.intake.models import Compliance
from libs.planning import demand
from libs.planning.catalogue.loading import load_catalogue, parse_catalogue
from libs.planning.catalogue.models import Catalogue
from libs.planning.errors import AssumptionInvalid, CatalogueUnusable
from libs.planning.models import LLM_SLOTS, SLOTS, Slot
from libs.planning.prices.keys_files import load_keys
from libs.planning.sizing import Unfit, variants
from tests.unit.planning.read_sizes import AROUND_A_MODEL, WRITTEN
from tests.unit.planning.scenes import CHURN, FRAUD, RAG, needs

NOT_HERE = {"lambda_service", "no_training", "sagemaker_async", "sagemaker_serverless"}
"""Of these, what no brief here can choose: fewer requests, language models only, slow answers, data of lower class."""
SERVE = "options/serve/ecs_fargate_service.yaml"
FOUR: tuple[Slot, ...] = (
    "ingest", "store", "process", "features", "orchestrate", "train", "registry", "serve", "observe", "cicd", "network",
    "security", "llm", "vector_store",
)  # fmt: skip
"""Slots in which the field has at least four ways."""


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    here = Path(str(resources.files("libs.planning.catalogue")))
    files = [here / "assumptions.yaml", here / "loads.yaml", *sorted((here / "options").glob("*/*.yaml"))]
    return {str(file.relative_to(here)): file.read_text(encoding="utf-8") for file in files}


@pytest.fixture
def texts(shipped: dict[str, str]) -> dict[str, str]:
    return dict(shipped)


class TestCatalogue:
    def test_holds_every_option_that_templates_render(self, catalogue: Catalogue) -> None:
        assert {option.id for option in catalogue.options if option.generated} == {*WRITTEN, *AROUND_A_MODEL}

    @pytest.mark.parametrize("brief", [FRAUD, CHURN], ids=["online", "batch"])
    def test_their_sizes_have_exactly_the_agreed_keys(self, catalogue: Catalogue, brief: dict) -> None:
        requirements = needs(brief)
        names, floors = demand.names(requirements, catalogue), demand.replica_floors(requirements)
        for option in catalogue.options:
            if option.slot in LLM_SLOTS:
                continue
            if option.generated and requirements.archetype in option.archetypes:
                sizes = variants(option, names, floors)
                if option.id in NOT_HERE:
                    assert isinstance(sizes, Unfit), option.id
                    continue
                assert not isinstance(sizes, Unfit), option.id
                assert sizes
                assert all(set(variant.size) == WRITTEN[option.id] for variant in sizes), option.id

    def test_the_sizes_around_a_language_model_have_the_agreed_keys_too(self, catalogue: Catalogue) -> None:
        requirements = needs(RAG)
        names, floors = demand.names(requirements, catalogue), demand.replica_floors(requirements)
        sized = 0
        for option in catalogue.options:
            if option.slot in LLM_SLOTS and option.generated:
                sizes = variants(option, names, floors)
                if not isinstance(sizes, Unfit):
                    sized += 1
                    assert all(set(variant.size) == AROUND_A_MODEL[option.id] for variant in sizes), option.id
        assert sized > len(AROUND_A_MODEL) / 2

    def test_offers_four_ways_where_the_field_has_four(self, catalogue: Catalogue) -> None:
        few = {slot: len(catalogue.of_slot(slot)) for slot in FOUR if len(catalogue.of_slot(slot)) < 4}
        assert few == {}

    def test_offers_two_options_in_each_slot_of_each_archetype(self, catalogue: Catalogue) -> None:
        for slot in SLOTS:
            for archetype, least in (("online_api", 2), ("batch_scoring", 1 if slot == "features" else 2)):
                offered = [o for o in catalogue.of_slot(slot) if archetype in o.archetypes]
                assert len(offered) >= least, (slot, archetype)

    def test_every_price_that_a_size_reaches_has_a_key(self, catalogue: Catalogue) -> None:
        known, unknown = load_keys(), set[str]()
        for brief in (FRAUD, CHURN, RAG):
            requirements = needs(brief)
            names, floors = demand.names(requirements, catalogue), demand.replica_floors(requirements)
            for option in catalogue.options:
                sizes = variants(option, names, floors)
                for variant in () if isinstance(sizes, Unfit) else sizes:
                    keys = {use.price(variant.names) for use in option.uses if use.when(variant.names)}
                    unknown |= {f"{option.id}: {key}" for key in keys if key not in known}
        assert unknown == set()

    def test_every_option_says_where_its_claims_come_from(self, catalogue: Catalogue) -> None:
        for option in catalogue.options:
            assert all(claim.source and claim.text for claim in option.claims)

    def test_options_that_leave_the_account_are_in_no_regime_that_forbids_it(
        self, catalogue: Catalogue
    ) -> None:
        regimes: set[Compliance] = {"HIPAA", "PCI-DSS"}
        for option in catalogue.options:
            if option.facts.data_leaves_account and option.slot not in ("cicd", "observe"):
                assert not regimes & set(option.facts.compliance), option.id

    def test_slots_of_language_models_hold_only_what_they_need(self, catalogue: Catalogue) -> None:
        assert {option.slot for option in catalogue.options} == set(SLOTS)
        assert all(len(catalogue.of_slot(slot)) >= 3 for slot in LLM_SLOTS)

    def test_the_digest_follows_the_content(self, catalogue: Catalogue, texts: dict[str, str]) -> None:
        assert load_catalogue().sha256 == parse_catalogue(texts).sha256 == catalogue.sha256
        texts[SERVE] = texts[SERVE].replace("ops_hours_month: 6", "ops_hours_month: 6.5", 1)
        assert parse_catalogue(texts).sha256 != catalogue.sha256

    def test_an_option_of_ones_own_is_one_file(self, texts: dict[str, str], tmp_path: Path) -> None:
        own = tmp_path / "serve" / "our_platform.yaml"
        own.parent.mkdir()
        own.write_text(texts[SERVE].replace("id: ecs_fargate_service", "id: our_platform"), encoding="utf-8")
        assert load_catalogue(tmp_path).find("serve", "our_platform") is not None


class TestAssumptions:
    def test_a_changed_value_stays_in_its_range(self, catalogue: Catalogue) -> None:
        assert catalogue.check_assumption("utilisation", 0.5) == 0.5
        with pytest.raises(AssumptionInvalid, match="utilisation"):
            catalogue.check_assumption("utilisation", 5)

    def test_an_unknown_one_is_named_with_those_there_are(self, catalogue: Catalogue) -> None:
        with pytest.raises(AssumptionInvalid) as caught:
            catalogue.check_assumption("luck", 1)
        assert "utilisation" in caught.value.advice

    def test_every_figure_lies_in_its_own_range(self, catalogue: Catalogue) -> None:
        assert all(figure.low <= figure.value <= figure.high for figure in catalogue.figures)


class TestBadCatalogue:
    def refused(self, texts: dict[str, str]) -> str:
        with pytest.raises(CatalogueUnusable) as caught:
            parse_catalogue(texts)
        return caught.value.message

    @pytest.mark.parametrize("name", ["assumptions.yaml", "loads.yaml"])
    def test_a_missing_file_is_named(self, texts: dict[str, str], name: str) -> None:
        del texts[name]
        assert name in self.refused(texts)

    def test_a_slot_that_is_empty_is_named(self, texts: dict[str, str]) -> None:
        left = {path: text for path, text in texts.items() if not path.startswith("options/cicd/")}
        assert "options/cicd" in self.refused(left)

    def test_what_needs_a_way_out_is_held_to_networks_that_have_one(self, texts: dict[str, str]) -> None:
        path = "options/registry/weights_and_biases.yaml"
        assert "[private_endpoints_and_nat," in texts[path]
        texts[path] = texts[path].replace("[private_endpoints_and_nat,", "[private_endpoints,")
        message = self.refused(texts)
        assert path in message
        assert "way out to the Internet" in message

    @pytest.mark.parametrize(
        ("old", "new", "line_of", "reason"),
        [
            ("archetypes: [online_api]", "archetypes: [online_api", "archetypes", "did not find"),
            ("ops_hours_month: 6", "ops_hour_month: 6", "ops_hour_month", "Extra inputs"),
            ("ops_hours_month: 6", "ops_hours_month: -6", "ops_hours_month", "negative"),
            ("archetypes: [online_api]", "archetypes: []", "archetypes", "no archetype"),
            ("slot: serve", "slot: kitchen", "slot:", "Input should be"),
            ("id: ecs_fargate_service", "id: another_one", "id:", "belong into"),
            ("waf: true", "wifi: true", "wifi", "Extra inputs"),
            ("    lcu: max(", "    lcu: open(", "    lcu:", "calls something other"),
            ("    lcu: max(average_rps", "    lcu: max(typical_rps", "    lcu:", "unknown name typical_rps"),
            ("claim: 0}", "claim: 17}", "claim: 17", "there is no claim 17"),
            ("id: ecs_fargate_service", "id: ecs_fargate_service\nid: twice", "id: twice", "used twice"),
        ],
    )  # fmt: skip
    def test_a_mistake_is_told_with_file_line_and_reason(
        self, texts: dict[str, str], old: str, new: str, line_of: str, reason: str
    ) -> None:
        assert old in texts[SERVE]
        texts[SERVE] = texts[SERVE].replace(old, new, 1)
        lines = texts[SERVE].splitlines()
        number = next(i for i, line in enumerate(lines, start=1) if line_of in line)
        message = self.refused(texts)
        assert SERVE in message
        assert reason in message
        assert any(f"line {near}:" in message for near in (number, number + 1)), message

    @pytest.mark.parametrize(
        ("old", "new", "line_of", "reason"),
        [
            ("* 1000 / cpu_ms, w", "* 1000 / (cpu_ms - cpu_ms), w", "carries:", "division by zero"),
            ("quantity: image_gb", "quantity: -image_gb", "quantity: -image_gb", "image storage: the quantity"),
            ("ms: 8\n", "ms: 0 - 8\n", "ms: 0 - 8", "load balancer and task: the time is negative"),
            ("pct: 99.98", "pct: 9998", "pct: 9998", "no percentage"),
            ("needs: top * vcpu", "needs: top / (vcpu - vcpu)", "name: Fargate", "division by zero"),
            ("{lcu:.2f} capacity", "{lcu:.2s} capacity", "item: load balancer capacity", "format code"),
        ],
    )  # fmt: skip
    def test_a_formula_without_a_sensible_value_is_told_by_its_line(
        self, texts: dict[str, str], old: str, new: str, line_of: str, reason: str
    ) -> None:
        assert old in texts[SERVE]
        texts[SERVE] = texts[SERVE].replace(old, new, 1)
        number = next(i for i, line in enumerate(texts[SERVE].splitlines(), start=1) if line_of in line)
        message = self.refused(texts)
        assert message.startswith(f"{SERVE}, line {number}: under ")
        assert reason in message

    def test_a_free_quantity_counts_in_one_slot_only(self, texts: dict[str, str]) -> None:
        path = "options/security/customer_managed_keys.yaml"
        assert "\nuses:\n" in texts[path]
        texts[path] = texts[path].replace(
            "uses:\n",
            "uses:\n  - {item: answers, price: transfer.gb_out, quantity: 1, formula: '1 GB', free: true}\n",
            1,
        )
        number = texts[path].splitlines().index("uses:") + 2
        message = self.refused(texts)
        assert "transfer.gb_out is free in slot" in message
        assert f", line {number}:" in message

    @pytest.mark.parametrize(
        ("path", "old", "new", "line_of", "reason"),
        [
            ("assumptions.yaml", "value: 0.6\n", "value: much\n", "value: much", "valid number"),
            ("assumptions.yaml", "value: 0.6\n", "valeu: 0.6\n", "valeu", "Extra inputs"),
            ("assumptions.yaml", "utilisation:\n", "utilisation: 7\nbusy:\n", "utilisation: 7", "valid dictionary"),
            ("loads.yaml", "cpu_ms: 60,", "cpu_ms: slow,", "cpu_ms: slow", "valid number"),
        ],
    )  # fmt: skip
    def test_a_mistake_in_the_figures_is_told_with_its_line_too(
        self, texts: dict[str, str], path: str, old: str, new: str, line_of: str, reason: str
    ) -> None:
        assert old in texts[path]
        texts[path] = texts[path].replace(old, new, 1)
        number = next(i for i, line in enumerate(texts[path].splitlines(), start=1) if line_of in line)
        message = self.refused(texts)
        assert message.startswith(f"{path}, line {number}: ")
        assert reason in message

    def test_a_partner_that_is_not_there_is_named(self, texts: dict[str, str]) -> None:
        path = "options/orchestrate/eventbridge_scheduler.yaml"
        texts[path] = texts[path].replace("fargate_training", "abacus", 1)
        assert "abacus" in self.refused(texts)

    def test_a_bad_file_in_a_folder_of_ones_own_is_refused_too(
        self, texts: dict[str, str], tmp_path: Path
    ) -> None:
        own = tmp_path / "serve" / "ecs_fargate_service.yaml"
        own.parent.mkdir()
        own.write_text(texts[SERVE].replace("sizing:", "sizing: [", 1), encoding="utf-8")
        with pytest.raises(CatalogueUnusable, match=rf"{SERVE}, line \d+: "):
            load_catalogue(tmp_path)
