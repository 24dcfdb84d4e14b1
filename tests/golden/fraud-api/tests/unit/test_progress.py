"""The story of a run survives a crash in the middle of a line."""

from fraud_api.running.progress import Progress


class TestProgress:
    def test_a_torn_last_line_is_dropped_and_numbers_go_on(self, tmp_path):
        path = tmp_path / "progress.jsonl"
        Progress(path).log("train", "one")
        with path.open("a") as stream:
            stream.write('{"seq": 2, "at": "20')
        progress = Progress(path)
        progress.log("train", "two")
        assert [entry["seq"] for entry in Progress(path).entries] == [1, 2]
        assert path.read_text().count("\n") == 2

    def test_trials_are_found_by_stage_and_id(self, tmp_path):
        progress = Progress(tmp_path / "progress.jsonl")
        progress.append("tune", "trial", {"trial_id": "a", "score": 1.0})
        progress.append("train", "trial", {"trial_id": "b", "score": 2.0})
        assert list(Progress(progress.path).trials("tune")) == ["a"]
