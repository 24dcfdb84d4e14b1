"""Stage 6: let the best models vote if that is worth it, and fit them on all training rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .data.contract import Task
from .data.target import Scores, Target, Vector
from .learning.candidates import get_candidate
from .learning.cross_validation import fit
from .learning.leaderboard import read_leaderboard
from .learning.matrices import load_matrices
from .learning.metrics import METRIC_OF, best_threshold, is_better, score
from .learning.trials import read_scores
from .model.members import Member, combined, member_file, save_member
from .model.selection import Selection, Tried
from .running.errors import UsageError
from .running.plan import EnsemblePlan
from .running.stage import Card, Metric, OutputKind, Rejected, Report, StageContext

_DEARER = 0.02


@dataclass(frozen=True)
class Voter:
    """A cross-validated model that may vote."""

    candidate: str
    params: dict[str, Any]
    score: float
    oof: Scores


def run(context: StageContext) -> Report:
    """Writes the voting models and `selection.json`."""
    data = load_matrices(context)
    task = data.target.task
    voters = find_voters(context)
    best = voters[0]
    weights = greedy_weights(voters, data.y_train, task, context.plan.ensemble)
    oof = _vote(voters, weights)
    value = score(task, data.y_train, oof)
    if not _worth_it(value, best.score, task, context.plan.ensemble):
        weights, oof, value = {0: 1}, best.oof, best.score
    members: list[Member] = []
    outputs: dict[str, tuple[Path, OutputKind]] = {}
    for number, (index, weight) in enumerate(sorted(weights.items())):
        voter = voters[index]
        candidate = get_candidate(voter.candidate)
        model = fit(candidate, voter.params, data.train, data.y_train, data.target, context.seed)
        name = member_file(number, voter.candidate, candidate.format)
        save_member(context.folder / name, model, candidate.format)
        outputs[f"member_{number}"] = (context.folder / name, "model")
        share = weight / sum(weights.values())
        members.append(Member(voter.candidate, voter.params, share, candidate.format, name))
    members.sort(key=lambda member: -member.weight)
    binary = len(data.target.classes) == 2
    decision = context.plan.ensemble.decision
    threshold = best_threshold(decision, data.y_train, oof) if binary else None
    factor = mean_factor(data.target, data.y_train, oof)
    value = score(task, data.y_train, oof * factor)
    selection = context.folder / "selection.json"
    tried = tuple(Tried(voter.candidate, voter.params) for voter in voters)
    Selection(tuple(members), threshold, value, tried, factor).write(selection)
    outputs["selection"] = (selection, "model")
    metric = METRIC_OF[task]
    return Report(
        message=f"{_names(members)}: {metric} {value:.4g} in cross-validation.",
        card=_card(members, voters, value, metric),
        outputs=outputs,
        metrics={metric: Metric(value, "cv"), "members": Metric(len(members), "cv")},
    )


def mean_factor(target: Target, y: Vector, oof: Scores) -> float:
    """What a number learned as its logarithm is multiplied by, so that sums of it are right.

    The exponential of a predicted logarithm is a median, which lies below the mean of a skewed
    target: Duan's smearing estimate, as one ratio over out-of-fold predictions (Duan 1983, Journal
    of the American Statistical Association 78, 605). It is taken when it costs at most `_DEARER` of
    the error.

    Args:
        target: what the scores are about.
        y: the truth, in the target's own unit.
        oof: out-of-fold predictions of the same rows.
    """
    total = float(oof.sum())
    if not target.log or total <= 0:
        return 1.0
    factor = float(y.sum()) / total
    dearer = score(target.task, y, oof * factor) > (1 + _DEARER) * score(target.task, y, oof)
    return 1.0 if dearer else factor


def find_voters(context: StageContext) -> list[Voter]:
    """Each candidate with its best parameters from `train` or `tune`, the best first.

    Raises:
        UsageError: no candidate was finished.
    """
    voters: list[Voter] = []
    for stage in ("train", "tune"):
        board = context.find_upstream(stage, "leaderboard")
        for entry in read_leaderboard(board) if board else []:
            oof = read_scores(context.upstream(stage, entry["oof"]))
            voters.append(Voter(entry["candidate"], entry["params"], entry["score"], oof))
    if not voters:
        raise UsageError("ensemble needs a finished candidate: run train again")
    sign = -1.0 if context.contract.task == "classification" else 1.0
    voters.sort(key=lambda voter: (sign * voter.score, voter.candidate))
    best: dict[str, Voter] = {}
    for voter in voters:
        best.setdefault(voter.candidate, voter)
    return list(best.values())


def greedy_weights(
    voters: list[Voter], y: Vector, task: Task, plan: EnsemblePlan
) -> dict[int, int]:
    """Adds, again and again, the voter that helps the mean most; a voter may come in twice.

    Returns:
        Votes by index of the voter.
    """
    chosen: list[int] = [0]
    held = voters[0].score
    for _ in range(3 * plan.max_members):
        options = [
            (score(task, y, _vote(voters, Counter([*chosen, index]))), index)
            for index in range(len(voters))
            if index in chosen or len(set(chosen)) < plan.max_members
        ]
        top = options[0]
        for option in options[1:]:
            top = option if is_better(task, option[0], top[0]) else top
        if not is_better(task, top[0], held):
            break
        held = top[0]
        chosen.append(top[1])
    return dict(Counter(chosen))


def _vote(voters: list[Voter], weights: dict[int, int]) -> Scores:
    indices = sorted(weights)
    return combined([voters[i].oof for i in indices], [float(weights[i]) for i in indices])


def _worth_it(value: float, best: float, task: Task, plan: EnsemblePlan) -> bool:
    gain = value - best if task == "classification" else best - value
    return gain > plan.minimum_gain * abs(best)


def _names(members: list[Member]) -> str:
    return " + ".join(f"{m.candidate} ({m.weight:.0%})" for m in members)


def _card(members: list[Member], voters: list[Voter], value: float, metric: str) -> Card:
    best = voters[0]
    if len(members) == 1:
        why = f"No vote of several models was clearly better than {metric} {best.score:.4g}."
        rejected = (Rejected("an ensemble", "More to run for no clear gain."),)
    else:
        why = f"Together {metric} {value:.4g} in cross-validation, alone {best.score:.4g}."
        rejected = (Rejected(f"{best.candidate} alone", f"{metric} {best.score:.4g}."),)
    return Card(choice=_names(members), why=why, rejected=rejected)
