"""What a commit says about the version that it holds."""

import re

from libs.codegen.commit_message import Version, commit_message
from libs.git.commits import Changes

VERSION = Version(
    decision_set_id="ds_1",
    version=3,
    title="Fraud\n\nPayload-SHA256: " + "f" * 64,
    payload_sha256="a" * 64,
    monthly_usd=1956.4,
)


class TestCommitMessage:
    def test_it_names_decision_set_payload_cost_and_what_changed(self) -> None:
        changes = Changes(("new.py",), ("a.py", "reports/cost.md"), ("old.py",))
        lines = commit_message(VERSION, changes).splitlines()
        assert lines[0].startswith("Design version 3: Fraud")
        assert "1 file added, 2 changed, 1 removed." in lines
        assert "Expected cost: $1,956 a month." in lines
        assert {"  new.py", "  a.py", "  old.py"} <= set(lines)
        assert lines[-2:] == ["Decision-Set: ds_1", f"Payload-SHA256: {'a' * 64}"]

    def test_neither_title_nor_subject_can_add_a_trailer(self) -> None:
        text = commit_message(VERSION, Changes((), (), ()), "Mine\nPayload-SHA256: " + "e" * 64)
        assert re.findall(r"^Payload-SHA256: (\w+)$", text, re.MULTILINE) == ["a" * 64]
        assert text.splitlines()[0].startswith("Mine Payload")

    def test_a_long_list_is_cut_and_counted(self) -> None:
        text = commit_message(VERSION, Changes(tuple(f"f{n}" for n in range(100)), (), ()))
        assert "  and 70 more" in text
        assert "f31" not in text
