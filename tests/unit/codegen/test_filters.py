"""Whatever text people write, it stays text in every language of the generated tree."""

import ast
import json

import hcl2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from libs.codegen import filters
from libs.codegen.errors import UnescapedText

HOSTILE = [
    "${aws_iam_role.admin.arn}",
    "%{ for x in y }boom%{ endfor }",
    "$${already}",
    '"; resource "aws_iam_user" "x" {}',
    "{{ bp.__class__ }}",
    "{% raw %}",
    "line\nbreak: yes\n- item",
    "tab\there",
    "back\\slash",
    "it's",
    '"""',
    "&anchor *alias !!python/object:os.system",
    "<script>alert(1)</script>",
    "![x](https://example.org/beacon.png)",
    "# heading",
    "a | b",
    "`code`",
    "\u202eright to left",
    "\u2028separator",
    "$" + "{" * 3,
]
text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | text,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(text, children, max_size=3),
    max_leaves=6,
)


class TestJson:
    @given(values)
    def test_reads_back_as_it_was(self, value: object) -> None:
        assert json.loads(filters.to_json(value)) == value


class TestYaml:
    @given(values)
    @settings(deadline=None)
    def test_reads_back_as_it_was_on_one_line(self, value: object) -> None:
        written = filters.to_yaml(value)
        assert yaml.safe_load(f"key: {written}\n") == {"key": value}
        assert "\n" not in written

    @pytest.mark.parametrize("value", HOSTILE)
    def test_hostile_text_adds_no_key_and_no_tag(self, value: str) -> None:
        assert yaml.safe_load(f"a: {filters.to_yaml(value)}\nb: 1\n") == {"a": value, "b": 1}


class TestPython:
    @given(values)
    def test_reads_back_as_it_was(self, value: object) -> None:
        assert ast.literal_eval(filters.py(value)) == value

    def test_prefers_double_quotes(self) -> None:
        assert filters.py("it's") == '"it\'s"'

    def test_refuses_a_number_that_is_not_finite(self) -> None:
        with pytest.raises(UnescapedText):
            filters.py(float("nan"))

    @given(st.lists(values), st.integers(0, 100))
    def test_a_list_without_room_gets_a_line_an_item(self, value: list[object], room: int) -> None:
        written = filters.py(value, room)
        assert ast.literal_eval(written) == value
        assert (written == filters.py(value)) == (value == [] or len(filters.py(value)) <= room)


class TestHcl:
    @pytest.mark.parametrize("value", HOSTILE)
    def test_hostile_text_is_one_attribute_without_interpolation(self, value: str) -> None:
        written = filters.hcl(value)
        parsed = hcl2.loads(f"a = {written}\nb = 1\n")
        assert parsed.keys() >= {"a", "b"}
        assert "resource" not in parsed
        assert "${" not in written
        assert "%{" not in written

    @given(text)
    def test_a_string_never_ends_early_nor_opens_a_template(self, value: str) -> None:
        inner = filters.hcl(value)[1:-1]
        unescaped = inner.replace("\\\\", "").replace('\\"', "")
        assert '"' not in unescaped
        assert "\n" not in inner
        assert "${" not in inner
        assert "%{" not in inner

    def test_numbers_keywords_lists_and_maps(self) -> None:
        assert filters.hcl(2.0) == "2"
        assert filters.hcl(0.25) == "0.25"
        assert filters.hcl(True) == "true"
        assert filters.hcl(None) == "null"
        assert filters.hcl(("a", 1)) == '["a", 1]'
        assert filters.hcl({"b": 1, "a": "x"}) == '{ "a" = "x", "b" = 1 }'


class TestMarkdown:
    @pytest.mark.parametrize("value", HOSTILE)
    def test_hostile_text_is_one_paragraph_of_plain_text(self, value: str) -> None:
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(filters.md(value))
        assert [token.type for token in tokens] in (
            ["paragraph_open", "inline", "paragraph_close"],
            [],
        )
        kinds = {child.type for token in tokens for child in token.children or ()}
        assert kinds <= {"text", "text_special"}

    @given(text)
    def test_any_text_stays_one_line_without_html(self, value: str) -> None:
        written = filters.md(value)
        assert "\n" not in written
        assert "<" not in written
        html = MarkdownIt("commonmark", {"html": True}).render(f"| x | {written} |")
        assert "<img" not in html
        assert "<a " not in html

    def test_identifiers_stay_readable(self) -> None:
        assert filters.md("latency_ms_p95") == "latency_ms_p95"
        assert filters.md("0.5 GB") == "0.5 GB"

    def test_code_spans_survive_backticks(self) -> None:
        assert MarkdownIt().render(filters.code("a`b")) == "<p><code>a`b</code></p>\n"


class TestMermaid:
    @pytest.mark.parametrize("value", HOSTILE)
    def test_a_label_never_ends_early(self, value: str) -> None:
        written = filters.mermaid(value)
        assert written[0] == written[-1] == '"'
        assert '"' not in written[1:-1]
        assert "<" not in written


class TestGuard:
    @pytest.mark.parametrize("value", [*HOSTILE, "a: b", "a # b", True, None, ("a",), {"a": 1}])
    def test_refuses_what_needs_a_filter(self, value: object) -> None:
        with pytest.raises(UnescapedText):
            filters.guard(value)

    @pytest.mark.parametrize(
        "value", ["fraud-api", "us-east-1", "cron(0 3 ? * MON *)", "ml.m5.xlarge", "99.9 %", "", 3, 0.5]
    )
    def test_lets_plain_names_and_numbers_through(self, value: object) -> None:
        assert filters.guard(value) == value

    def test_joining_filtered_values_needs_no_filter_again(self) -> None:
        joined = filters.join([filters.hcl("a"), filters.hcl("b")], ", ")
        assert filters.guard(joined) == '"a", "b"'

    def test_joining_free_text_needs_one(self) -> None:
        with pytest.raises(UnescapedText):
            filters.guard(filters.join([filters.hcl("a"), "b\n"], ", "))
