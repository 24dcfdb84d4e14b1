"""Commands and their arguments; what they do is imported only when it is asked for."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .running.errors import EXIT_OK, EXIT_REFUSED, EXIT_USAGE, DataRefused, UsageError
from .running.stopping import Stopper

STAGE_NAMES = ("ingest", "clean", "chunk", "index", "evaluate", "register")


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
    parser = argparse.ArgumentParser(description="Index documents and answer questions from them.")
    commands = parser.add_subparsers(dest="command", required=True)
    for stage in (*STAGE_NAMES, "all"):
        command = commands.add_parser(stage)
        command.set_defaults(run=_stages)
        command.add_argument("--data", type=Path, help="folder or file of documents")
        command.add_argument("--work", type=Path, required=True, help="folder for everything made")
        command.add_argument("--plan", type=Path, help="default: config/rag.yaml")
        command.add_argument("--questions", type=Path, help="default: data/evaluation.jsonl")
        command.add_argument("--accepted", type=Path, help="evaluation.json of the last release")
        command.add_argument("--seed", type=int, help="default: the plan's")
        for unused in ("--budget", "--trials"):
            # The pipeline contract has them; nothing is searched here.
            command.add_argument(unused, type=float, help=argparse.SUPPRESS)
    ask = _release_command(commands.add_parser("ask"), _ask)
    ask.add_argument("question")
    ask.add_argument("--groups", default="everyone", help="separated by commas")
    batch = _release_command(commands.add_parser("answer_batch"), _batch)
    batch.add_argument("--input", type=Path, required=True)
    batch.add_argument("--output", type=Path, required=True)
    drill = _release_command(commands.add_parser("drill"), _drill)
    drill.add_argument("--output", type=Path, help="file for the whole report")
    watch = _release_command(commands.add_parser("monitor"), _monitor)
    watch.add_argument("--input", type=Path, required=True, help="a table of new questions")
    return parser


def _release_command(
    command: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    command.set_defaults(run=run)
    command.add_argument("--model", type=Path, required=True, help="folder of a release")
    return command


def _stages(arguments: argparse.Namespace) -> int:
    stopper = Stopper()
    stopper.watch()
    from .running.command import run_stages
    from .settings import Settings

    names = STAGE_NAMES if arguments.command == "all" else (arguments.command,)
    return run_stages(
        names,
        work=arguments.work,
        settings=Settings.from_environment(os.environ),
        data=arguments.data,
        plan=arguments.plan,
        questions=arguments.questions,
        accepted=arguments.accepted,
        seed=arguments.seed,
        stopper=stopper,
    )


def _ask(arguments: argparse.Namespace) -> int:
    from .passages import EVERYONE
    from .settings import Settings
    from .stores.port import Scope
    from .system import System

    system = System.of_release(arguments.model, Settings.from_environment(os.environ))
    groups = tuple(arguments.groups.split(","))
    answer = system.answerer.answer(arguments.question, Scope((EVERYONE, *groups)))
    print(json.dumps(answer.to_json(), indent=2, ensure_ascii=False))
    return EXIT_OK


def _batch(arguments: argparse.Namespace) -> int:
    from .answer_batch import answer_batch
    from .settings import Settings
    from .system import System

    system = System.of_release(arguments.model, Settings.from_environment(os.environ))
    print(json.dumps(answer_batch(system, arguments.input, arguments.output)))
    return EXIT_OK


def _drill(arguments: argparse.Namespace) -> int:
    from .evaluation.questions import load_questions
    from .monitoring.drill import drill
    from .running.files import write_json
    from .running.repository import QUESTIONS_FILE
    from .settings import Settings
    from .system import System

    system = System.of_release(arguments.model, Settings.from_environment(os.environ))
    report = drill(arguments.model, system, load_questions(QUESTIONS_FILE))
    if arguments.output:
        write_json(arguments.output, report)
    for each in report["scenarios"]:
        rang = ", ".join(each["rang"]) or "nothing"
        print(f"{'passed' if each['passed'] else 'FAILED'}: {each['scenario']}: {rang} rang")
    return EXIT_OK if report["passed"] else EXIT_REFUSED


def _monitor(arguments: argparse.Namespace) -> int:
    from .answer_batch import read_questions
    from .monitoring.asking import searched
    from .monitoring.examining import Window, examine
    from .monitoring.signals import BASELINE_FILE, Baseline
    from .settings import Settings
    from .system import System

    system = System.of_release(arguments.model, Settings.from_environment(os.environ))
    asked = [(row["question"], tuple(row["groups"])) for row in read_questions(arguments.input)]
    baseline = Baseline.load(arguments.model / BASELINE_FILE)
    window = Window(searched(system.answerer, asked))
    report = {"release": system.version, **examine(baseline, window, system.config.drift, system.config.seed)}
    print(json.dumps(report, indent=2))
    return EXIT_OK
