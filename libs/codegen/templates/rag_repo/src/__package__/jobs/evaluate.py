"""Measures the system over the current index; a release that passes its gate becomes the current one."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from .. import storage
from ..config import Config
from ..evaluate import REPORT_FILE
from ..evaluation.second_opinion import sample_report
from ..monitoring.emf import figures_line
from ..releases import find_release, publish_release
from ..running.command import run_stages
from ..running.errors import EXIT_OK
from ..running.files import read_json, write_json
from ..running.repository import PLAN_FILE
from ..running.stopping import Stopper
from ..settings import Settings


def evaluate(settings: Settings, stopper: Stopper | None = None) -> int:
    """Runs `evaluate` and `register`, publishes report and release, tells the metrics.

    Returns:
        The exit code of the stages; 4 when the gate has failed, and the release in use stays.
    """
    curated, releases = settings.address("CURATED_URI"), settings.address("MODEL_URI")
    work = settings.work
    for stage in ("chunk", "index"):
        storage.fetch_folder(f"{curated}/{stage}", work / stage)
    accepted = work / "accepted" / REPORT_FILE
    current = find_release(releases)
    if current is not None:
        storage.fetch_file(f"{current}/{REPORT_FILE}", accepted)
    code = run_stages(("evaluate", "register"), work=work, settings=settings, accepted=accepted, stopper=stopper)
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    report = work / "evaluate" / REPORT_FILE
    if report.is_file():
        print(figures_line(read_json(report)["metrics"], datetime.now(UTC)))
        storage.publish_file(report, f"{curated}/evaluations/{started}/{REPORT_FILE}")
    config = Config.load(PLAN_FILE)
    sample = sample_report(settings, config)
    if sample is not None:
        write_json(work / "live.json", {"sample": sample})
        storage.publish_file(work / "live.json", f"{curated}/evaluations/{started}/live.json")
    if code == EXIT_OK:
        version = publish_release(work / "register" / "model", releases)
        print(json.dumps({"version": version}))
    else:
        print("Nothing was released; the release in use stays.", file=sys.stderr)
    return code
