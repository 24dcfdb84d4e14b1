"""How long a plan takes to become the packed files of a repository."""

from collections.abc import Sequence
from typing import Any

from libs.cli.benchmarks import known, samples
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.models import Conditions, Result, measured
from libs.cli.benchmarks.samples import Stopwatch
from libs.codegen import payload, renderer
from libs.codegen.blueprint import build_blueprint
from libs.codegen.renderer import TEMPLATES, TemplateSet
from libs.intake.models import Constraint
from libs.planning.models import Plan


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Blueprint, rendering and packing; the templates are compiled once before, as in a process that serves."""
    whole: list[float] = []
    breakdown: dict[str, Any] = {}
    for kind in BRIEFS:
        plan = known.plan(kind)
        _, defaults = known.requirements(kind)
        given = (*known.constraints(kind), *defaults)
        templates = TemplateSet(TEMPLATES)
        first, packed, files = _render(plan, given, BRIEFS[kind], templates)
        rounds = [_render(plan, given, BRIEFS[kind], templates)[0] for _ in range(conditions.runs)]
        seconds = [sum(each.values()) for each in rounds]
        whole += seconds
        breakdown[kind] = {
            "seconds": samples.spread(seconds),
            "parts": samples.medians(rounds),
            "with_compiling_templates": round(sum(first.values()), samples.DIGITS),
            "files": files,
            "zip_bytes": packed,
        }
    return [measured("render", "s", samples.median(whole), runs=len(whole), breakdown=breakdown)]


def _render(
    plan: Plan, given: Sequence[Constraint], brief: str, templates: TemplateSet
) -> tuple[dict[str, float], int, int]:
    watch = Stopwatch()
    with watch.lap("blueprint"):
        blueprint = build_blueprint(plan, given, name="", brief_title=brief)
    with watch.lap("render"):
        files = renderer.render(blueprint, templates)
    with watch.lap("pack"):
        packed = payload.pack(files)
    return dict(watch.seconds), len(packed), len(files)
