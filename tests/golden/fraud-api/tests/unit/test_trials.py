"""A candidate whose figure is no number has failed; the others go on."""

import numpy as np
import pytest

from fraud_api.learning import trials
from fraud_api.learning.trials import TrialRunner
from fraud_api.running.plan import Plan
from fraud_api.running.stage import StageContext


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_a_figure_that_is_not_finite_fails_the_trial(
    trained, quick_plan, contract, tmp_path, monkeypatch, value
):
    for stage in ("split", "features"):
        (tmp_path / stage).symlink_to(trained.work / stage)
    context = StageContext("train", tmp_path, Plan.load(quick_plan), contract, seed=7)
    runner = TrialRunner(context)
    monkeypatch.setattr(runner, "_scores", lambda *_: np.zeros((len(runner.data.y_train), 1)))
    monkeypatch.setattr(trials, "score", lambda *_: value)
    trial = runner.run("linear", {}, None)
    assert (trial.state, trial.score) == ("failed", None)
    assert not runner.oof_file(trial.trial_id).exists()
    (recorded,) = context.progress.trials("train").values()
    assert recorded["state"] == "failed"
