"""Names made from free text are safe in paths, Python and AWS."""

import keyword
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.codegen import naming


class TestProjectName:
    @given(st.text(max_size=80))
    def test_any_text_gives_a_safe_name(self, text: str) -> None:
        assert naming.PROJECT.fullmatch(naming.project_name(text))

    @given(st.text(max_size=80))
    def test_any_text_gives_a_package_that_can_be_imported(self, text: str) -> None:
        package = naming.package_name(naming.project_name(text))
        assert naming.PACKAGE.fullmatch(package)
        assert not keyword.iskeyword(package)
        assert package not in sys.stdlib_module_names

    @given(st.from_regex(r"[A-Za-z]{25,40}", fullmatch=True))
    def test_a_long_word_gives_a_package_as_well(self, text: str) -> None:
        assert naming.PACKAGE.fullmatch(naming.package_name(naming.project_name(text)))

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Fraud API", "fraud-api"),
            ("Prévision de la demande", "prevision-de-la-demande"),
            ("3 little pigs", "ml-3-little-pigs"),
            ("日本", "ml-system"),
            ("x", "x-ml"),
            ("a very long name that goes on and on for ever", "a-very-long-name-that-goes-on"),
            ("${var.x}`rm -rf /`", "var-x-rm-rf"),
        ],
    )
    def test_keeps_what_can_be_kept(self, text: str, name: str) -> None:
        assert naming.project_name(text) == name

    @pytest.mark.parametrize("project", ["json", "tests", "src", "class", "numpy"])
    def test_a_single_word_never_shadows_a_module_or_folder(self, project: str) -> None:
        assert naming.package_name(project) == f"{project}_ml"
