"""Price keys are data: patterns make many keys, mistakes are named by file and line."""

import pytest

from libs.planning.errors import PricesUnusable
from libs.planning.prices.keys_files import load_keys, parse_keys, parse_quotes

GOOD = """\
keys:
  - key: "vm.{size}.{zone}"
    unit: hour
    words: "a {size} machine in {zone_name}"
    each:
      size: [small, large]
      zone: {one: one zone, two: two zones}
    assembled: [{service: VM, sku: "{size} {zone_name}"}]
    price_list: {offer: VM, usage: "Box:{size}"}
"""


class TestPatterns:
    def test_one_entry_makes_a_key_for_every_combination(self) -> None:
        keys = parse_keys({"vm.yaml": GOOD})
        assert sorted(keys) == ["vm.large.one", "vm.large.two", "vm.small.one", "vm.small.two"]
        key = keys["vm.small.two"]
        assert key.words == "a small machine in two zones"
        assert key.assembled[0].sku == "small two zones"
        assert key.price_list is not None
        assert key.price_list.usage == ("Box:small",)

    def test_a_name_may_be_spelled_in_several_ways(self) -> None:
        training = load_keys()["sagemaker.training.ml.g5.xlarge.hour"]
        assert training.assembled[0].sku == "Training ml.g5.xlarge"
        assert training.price_list is not None
        assert training.price_list.usage == ("Train:ml.g5.xlarge",)

    def test_the_shipped_keys_say_what_they_are(self) -> None:
        keys = load_keys()
        assert len(keys) > 400
        assert all("{" not in key.key + key.words + key.unit for key in keys.values())
        assert all(key.words and key.unit for key in keys.values())


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            ("keys: [}\n", 1, ""),
            ("nothing: 1\n", 1, "keys"),
            (GOOD.replace("    unit: hour\n", ""), 2, "unit"),
            (GOOD.replace("unit: hour", "unit: hour\n    colour: red"), 4, "colour"),
            (GOOD.replace('sku: "{size} {zone_name}"', "sku: ''"), 8, "sku"),
            (GOOD.replace("size: [small, large]", "size: []"), 5, "each"),
            (GOOD.replace("[small, large]", "[small, small]"), 2, "twice"),
            (GOOD.replace('usage: "Box:{size}"', 'usage: "Box:{size}", per: 0'), 9, "per"),
        ],
    )
    def test_a_mistake_is_named_by_file_line_and_reason(self, text: str, line: int, reason: str) -> None:
        with pytest.raises(PricesUnusable) as caught:
            parse_keys({"vm.yaml": text})
        assert caught.value.facts["file"] == "vm.yaml"
        assert caught.value.facts["line"] == line
        assert caught.value.message.startswith(f"vm.yaml, line {line}: ")
        assert reason in caught.value.message

    def test_a_quoted_figure_needs_a_key_and_its_unit(self) -> None:
        keys = parse_keys({"vm.yaml": GOOD})
        quote = "- {{key: {key}, region: r, unit: {unit}, usd: 1.0, source: s, source_date: null, method: exact}}\n"
        assert parse_quotes(quote.format(key="vm.small.one", unit="hour"), keys)[0].usd == 1.0
        for key, unit, reason in (
            ("vm.tiny.one", "hour", "no key file"),
            ("vm.small.one", "month", "counts hour"),
        ):
            with pytest.raises(PricesUnusable, match=reason) as caught:
                parse_quotes("# a comment\n" + quote.format(key=key, unit=unit), keys)
            assert caught.value.facts["line"] == 2
