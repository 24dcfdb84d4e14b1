"""Commands and their arguments; what they do is imported only when it is asked for."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .running.errors import EXIT_OK, EXIT_REFUSED, EXIT_USAGE, DataRefused, UsageError
from .running.stopping import Stopper

STAGE_NAMES = (
    "ingest",
    "split",
    "features",
    "train",
    "tune",
    "ensemble",
    "evaluate",
    "explain",
    "register",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except UsageError as error:
        print(f"usage: {error}", file=sys.stderr)
        return EXIT_USAGE
    except DataRefused as error:
        print(f"refused: {error.message} {error.advice}", file=sys.stderr)
        return EXIT_REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Train, evaluate and use the model.")
    commands = parser.add_subparsers(dest="command", required=True)
    for stage in (*STAGE_NAMES, "all"):
        command = commands.add_parser(stage)
        command.set_defaults(run=_stages)
        command.add_argument("--data", type=Path, help="CSV or Parquet table")
        command.add_argument("--work", type=Path, required=True, help="folder for everything made")
        _add_plan(command)
    predict = _model_command(commands.add_parser("predict_batch"), _predict)
    predict.add_argument("--input", type=Path, required=True)
    predict.add_argument("--output", type=Path, required=True)
    predict.add_argument("--explain", action="store_true", help="say what moved each prediction")
    _model_command(commands.add_parser("serve_stdio"), _stdio)
    compare = _model_command(commands.add_parser("validate"), _validate)
    compare.add_argument("--work", type=Path, required=True, help="folder of a whole training")
    watch = _model_command(commands.add_parser("monitor"), _monitor)
    watch.add_argument("--input", type=Path, required=True)
    watch.add_argument("--output", type=Path, help="default: standard output")
    return parser


def _add_plan(command: argparse.ArgumentParser) -> None:
    command.add_argument("--plan", type=Path, help="default: config/train.yaml")
    command.add_argument("--budget", type=float, help="seconds for the search")
    command.add_argument("--trials", type=int, help="trials of the search; 0 replays the plan")
    command.add_argument("--seed", type=int, help="default: the plan's")


def _model_command(
    command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    command.set_defaults(run=run)
    command.add_argument("--model", type=Path, required=True, help="folder of a registered model")
    return command


def _stages(arguments: argparse.Namespace) -> int:
    stopper = Stopper()
    stopper.watch()
    from .running.command import run_stages

    names = STAGE_NAMES if arguments.command == "all" else (arguments.command,)
    return run_stages(
        names,
        work=arguments.work,
        data=arguments.data,
        plan=arguments.plan,
        budget=arguments.budget,
        trials=arguments.trials,
        seed=arguments.seed,
        stopper=stopper,
    )


def _predict(arguments: argparse.Namespace) -> int:
    from .predict_batch import predict_batch

    _require_model(arguments.model)
    explain: bool = arguments.explain
    print(predict_batch(arguments.model, arguments.input, arguments.output, explain))
    return EXIT_OK


def _stdio(arguments: argparse.Namespace) -> int:
    from .serve_stdio import serve_stdio

    _require_model(arguments.model)
    serve_stdio(arguments.model, sys.stdin, sys.stdout)
    return EXIT_OK


def _monitor(arguments: argparse.Namespace) -> int:
    from .monitor import monitor

    _require_model(arguments.model)
    report = json.dumps(monitor(arguments.model, arguments.input), indent=2)
    if arguments.output is None:
        print(report)
    else:
        arguments.output.write_text(report + "\n", encoding="utf-8")
    return EXIT_OK


def _validate(arguments: argparse.Namespace) -> int:
    from .model.store import evaluated
    from .running.plan import Plan
    from .running.repository import PLAN_FILE
    from .validate import validate

    plan = Plan.load(PLAN_FILE)
    found = validate(arguments.work, evaluated(arguments.model), plan.evaluate, plan.seed)
    print(json.dumps(found.to_json(), indent=2))
    return EXIT_REFUSED if found.verdict == "worse" else EXIT_OK


def _require_model(folder: Path) -> None:
    if not (folder / "model.json").is_file():
        raise UsageError(f"there is no model in {folder}")
