"""Runs the tests of a repository in the opposite order: none may rest on what another has left behind."""

import sys

import pytest


class Reversed:
    """Turns the order round once the tests are known."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called by pytest with every test."""
        items.reverse()


if __name__ == "__main__":
    sys.exit(pytest.main(["-p", "no:cacheprovider", "-q"], plugins=[Reversed()]))
