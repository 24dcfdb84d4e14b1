"""YAML whose mistakes are told by line."""

import pytest

from libs.core.yaml_documents import YamlUnreadable, read_yaml

TEXT = """\
id: one
rows:
  - {name: a, size: 1}
  - name: b
    size: 2
"""


class TestReadYaml:
    def test_gives_plain_data(self) -> None:
        assert read_yaml(TEXT).data == {
            "id": "one",
            "rows": [{"name": "a", "size": 1}, {"name": "b", "size": 2}],
        }

    @pytest.mark.parametrize(
        ("path", "line"), [(("id",), 1), (("rows",), 2), (("rows", 0, "size"), 3), (("rows", 1, "size"), 5)]
    )
    def test_knows_the_line_of_each_part(self, path: tuple[str | int, ...], line: int) -> None:
        assert read_yaml(TEXT).line(path) == line

    def test_a_part_that_is_missing_is_told_by_what_is_around_it(self) -> None:
        assert read_yaml(TEXT).line(("rows", 1, "colour")) == 4

    def test_an_empty_text_is_nothing(self) -> None:
        assert read_yaml("").data is None

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a: [1", 2),
            ("a: 1\na: 2", 2),
            ("a:\n\t- b", 2),
            ("a: !!python/object:os.system x", 1),
            ("x: {b: 1, b: 2}", 1),
        ],
    )
    def test_a_mistake_is_told_with_its_line(self, text: str, line: int) -> None:
        with pytest.raises(YamlUnreadable) as caught:
            read_yaml(text)
        assert caught.value.message.startswith(f"line {line}: ")

    def test_nesting_without_end_is_refused(self) -> None:
        with pytest.raises(YamlUnreadable):
            read_yaml("[" * 5000)
