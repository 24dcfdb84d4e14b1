"""A candidate that has failed, or ran out of time: the others go on, and it may be tried again."""

import numpy as np
import pytest

from fraud_api.learning import trials
from fraud_api.learning.trials import TrialRunner
from fraud_api.model.selection import Selection, Tried
from fraud_api.register import recorded_plan
from fraud_api.running.errors import OutOfTime
from fraud_api.running.plan import CandidatePlan, Plan
from fraud_api.running.stage import StageContext


@pytest.fixture
def context(trained, quick_plan, contract, tmp_path) -> StageContext:
    for stage in ("split", "features"):
        (tmp_path / stage).symlink_to(trained.work / stage)
    return StageContext("train", tmp_path, Plan.load(quick_plan), contract, seed=7)


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_a_figure_that_is_not_finite_fails_the_trial(context, monkeypatch, value):
    runner = TrialRunner(context)
    monkeypatch.setattr(runner, "_scores", lambda *_: np.zeros((len(runner.data.y_train), 1)))
    monkeypatch.setattr(trials, "score", lambda *_: value)
    trial = runner.run("linear", {}, None)
    assert (trial.state, trial.score) == ("failed", None)
    assert not runner.oof_file(trial.trial_id).exists()
    (recorded,) = context.progress.trials("train").values()
    assert recorded["state"] == "failed"


def test_a_trial_that_ran_out_of_time_is_run_again_when_there_is_more(context, monkeypatch):
    def too_late(*_):
        raise OutOfTime("the time box closed")

    runner = TrialRunner(context)
    with monkeypatch.context() as late:
        late.setattr(runner, "_scores", too_late)
        assert runner.run("linear", {"C": 1.0}, 0.0).state == "pruned"
    for again in (runner, TrialRunner(context)):
        assert again.run("linear", {"C": 1.0}, None).state == "done"
    (recorded,) = context.progress.trials("train").values()
    assert recorded["state"] == "done"


def test_a_candidate_without_a_score_stays_in_the_recorded_plan(context):
    late = CandidatePlan(name="extra_trees", params={"n_estimators": 9})
    plan = context.plan.with_candidates((late, CandidatePlan(name="linear")))
    selection = Selection((), None, 0.9, (Tried("linear", {"C": 2.0}),))
    found = CandidatePlan(name="linear", params={"C": 2.0})
    assert recorded_plan(plan, selection, seed=3).candidates == (found, late)
