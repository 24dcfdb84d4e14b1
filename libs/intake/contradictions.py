"""Finds requirements of different fields that cannot all hold, whatever is designed."""

import re
from collections.abc import Mapping
from itertools import pairwise

from libs.intake import background, durations, exclusions, figure_conflicts, roles
from libs.intake.brief import Brief
from libs.intake.models import Conflict, Constraint, FieldName, Quote
from libs.intake.rules.regions import has_its_own_data
from libs.intake.searching import expression
from libs.intake.vocabulary import cues, geography

_GPU_HOUR_USD = {
    "h100": 3.9,
    "h200": 5.0,
    "b200": 7.0,
    "a100": 2.7,
    "v100": 3.0,
    "a10": 1.0,
    "t4": 0.5,
    "l4": 0.8,
}
"""Low list prices per card and hour: a budget below them cannot be met anywhere."""
_CARDS = expression(r"\b(h100|h200|b200|a100|v100|a10|t4|l4)s?\b")
_ALWAYS = expression(
    r"\b(?:around the clock|24\s*/\s*7|always on|permanently|reserve\w*|dedicated|rund um die "
    r"uhr|dauerhaft|las 24 horas|en permanence)\b"
)
_HOURS_PER_MONTH = 730
_NEEDS_GPU_B = 13.0
"""Smaller models answer on processors, slowly."""
_ONLY_IF = expression(r"\bif\b")


_CLOUD_BAN = expression(
    r"\bpublic[- ]clouds?\b[^.;\n]{0,40}\b(?:not (?:allowed|permitted|acceptable)|nicht (?:zulassig|"
    r"erlaubt|gestattet)|"
    r"verboten|untersagt|ausgeschlossen|prohibited|forbidden|excluded|ruled out)"
    r"|\b(?:no|kein\w*|sin|sans|ohne|without|never) (?:use of |any )?public[- ]clouds?\b"
    r"|\b(?:nube|nuage|cloud) (?:publica|public|pubblico|publico)\b[^.;\n]{0,40}\b(?:prohibid\w*|"
    r"no (?:esta |se )?permit\w*|interdit\w*|exclu\w*|vietat\w*|proibid\w*)"
    r"|\b(?:nothing|no data|everything|alles|tout|todo) (?:\w+ ){0,4}(?:in|into|to) (?:the|a|"
    r"any) (?:public )?cloud\b"
    r"|\bon[- ]prem(?:ises)? only\b|\bonly on[- ]prem\w*|\bexclusively on[- ]prem\w*"
)
_BATCH_ONLY = expression(
    r"\b(?:exclusivamente|unicamente|solo|solamente) (?:por|en|a) lotes\b|\bbatch[- ]only\b|"
    r"\bonly (?:in |as |a )?(?:\w+ )?batch\b|"
    r"\bexclusively (?:in |as |by )?(?:\w+ )?batch\b|\b(?:ausschliesslich|nur) (?:im |als )?(?:batch|"
    r"stapel)\w*|"
    r"\b(?:uniquement|exclusivement|seulement) (?:par lots?|en batch)|\b(?:solo|"
    r"esclusivamente) (?:a lotti|in batch)|"
    r"\b(?:somente|apenas|exclusivamente) em lotes?|\b(?:alleen|uitsluitend) (?:in )?batch\w*"
)
_TIME = expression(r"\s*(ms|msec|milliseconds?|s|secs?|seconds?|sekunden?|segundos?|secondes?)(?![a-z])")
_P95_BEFORE = re.compile(
    r"\b(?:p95|95th(?: percentile| pct)?|95\. perzentil|percentil 95)(?![^|\n]*p\d\d)[^.;\d\n]{0,25}$"
)
_P95_AFTER = re.compile(
    r"\s*,?\s*(?:\(|at |im |en |au |al |in |no )?(?:the )?(?:p95|95th|95\. perzentil|percentil 95)"
)
_TAKEN_BACK = cues.pattern("correction.taken_back")
_HELD = expression(
    r"\b(?:held(?: back)?|hold|holds|withheld|delayed|queued|kept back|retien\w*|retenid\w*|retenue?s?|"
    r"zuruckgehalten|"
    r"verzogert|trattenut\w*|retid\w*|vastgehouden)\b"
)
_BOUNDARY = expression(
    r"\b(?:leav\w+|only|must|stay\w*|remain\w*|within|inside|outside|not|never|nowhere|nothing|keep|kept|"
    r"exclusively|"
    r"verlassen|bleib\w*|nur|ausschliesslich|ausserhalb|innerhalb|salir|permanec\w*|qued\w*|fuera|dentro|"
    r"rest\w*|quitter|"
    r"sortir|hors|uscire|rimanere|sair|ficar|verlaten|blijv\w*|binnen|buiten)\b"
)
"""A place that is only named as host can be exchanged by a later word; a boundary cannot."""
_APART = expression(
    r"\b(?:batch|second (?:service|model|endpoint)|other (?:service|endpoint)|part [b2]|\b[b2]\))"
)


_HOURS_BETWEEN = {"hourly": 1.0, "several_times_daily": 12.0, "daily": 24.0, "weekly": 168.0}
_LONG = expression(
    r"\s*(hours?|hrs?|h|days?|stunden?|tage?n?|heures?|jours?|horas?|dias?|ore|giorni|uur|dagen)(?![a-z])"
)
_TRAINING_TAKES = expression(
    r"\b(?:\w*training(?: run| job)?|fit|trainingslauf|entrainement|entrenamiento|addestramento|"
    r"treinamento)\b[^.;\n]{0,30}\b"
    r"(?:takes?|lasts?|needs?|requires?|runs for|dauert|braucht|dure|prend|tarda|dura|lleva|richiede|leva|"
    r"duurt)\b"
    r"[^.;\n]{0,20}$"
)


def between(brief: Brief, found: Mapping[FieldName, Constraint]) -> list[Conflict]:
    """Contradictions across fields."""
    checks = (
        _gpus_beyond_budget(brief, found),
        _training_longer_than_rhythm(brief, found),
        _serverless_with_gpus(brief, found),
        _region_outside_residency(brief, found),
        _model_without_gpus(found),
        _cloud_forbidden(brief, found),
        _batch_only(brief, found),
        _two_latencies(brief),
        _held_back(brief, found),
    )
    every = [
        *(conflict for conflict in checks if conflict is not None),
        *exclusions.between(brief, found),
        *figure_conflicts.between(brief, found),
    ]
    return list({conflict.code: conflict for conflict in reversed(every)}.values())[::-1]


def _training_longer_than_rhythm(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    rhythm = found.get("training_frequency")
    period = _HOURS_BETWEEN.get(str(rhythm.value)) if rhythm is not None else None
    if rhythm is None or period is None:
        return None
    for number in brief.numbers:
        unit = _LONG.match(brief.text, number.end)
        statement = brief.statement_at(number.start)
        if unit is None or background.is_background(brief, statement):
            continue
        if not _TRAINING_TAKES.search(brief.text, statement.start, number.start):
            continue
        hours = number.value * (1.0 if unit.group(1).startswith(("h", "st", "uur", "ore")) else 24.0)
        if hours > period:
            return Conflict(
                code="intake.training_longer_than_rhythm",
                fields=("training_frequency",),
                message=f"A training of {durations.told(hours, 'hour')} is not done before the next one starts "
                f"({rhythm.value}).",
                quotes=(*_quotes(rhythm), brief.quote(number.start, unit.end())),
            )
    return None


def _gpus_beyond_budget(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    budget = found.get("budget_usd_month")
    if budget is None:
        return None
    for match in _CARDS.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if not _ALWAYS.search(statement.text):
            continue
        counts = [number.value for number in brief.numbers if 0 <= match.start() - number.end <= 20]
        cards = counts[-1] if counts and counts[-1] <= 1000 else 1
        least = cards * _GPU_HOUR_USD[match.group(1)] * _HOURS_PER_MONTH
        if least > budget.value:
            return Conflict(
                code="intake.gpus_beyond_budget",
                fields=("budget_usd_month", "gpu_needed"),
                message=f"{cards:g} {match.group(1).upper()} around the clock cost at least {least:,.0f} USD a "
                f"month, "
                f"the limit is {budget.value:,.0f}.",
                quotes=(*_quotes(budget), brief.quote(*match.span())),
            )
    return None


def _serverless_with_gpus(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    deployment, gpu = found.get("deployment_preference"), found.get("gpu_needed")
    if deployment is None or gpu is None or deployment.value != "serverless" or gpu.value is not True:
        return None
    if deployment.quote is not None:
        start = brief.folded_offset(deployment.quote.start)
        if _ONLY_IF.search(brief.after(start, 60)):
            return None
    return Conflict(
        code="intake.serverless_with_gpus",
        fields=("deployment_preference", "gpu_needed"),
        message="Serverless functions have no GPUs; one of the two has to give way.",
        quotes=_quotes(deployment) + _quotes(gpu),
    )


def _region_outside_residency(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    residency, regions = found.get("residency"), found.get("regions")
    if residency is None or regions is None or residency.quote is None:
        return None
    if not _BOUNDARY.search(brief.statement_at(brief.folded_offset(residency.quote.start)).text):
        return None
    for region in regions.value:
        named = brief.text.find(region)
        if named >= 0 and has_its_own_data(brief, named):
            continue
        if region not in residency.value and all(
            geography.area_holds(area, region) is False for area in residency.value
        ):
            return Conflict(
                code="intake.region_outside_residency",
                fields=("residency", "regions"),
                message=f"Data must stay in {', '.join(residency.value).upper()}, but {region} lies outside of it.",
                quotes=_quotes(residency) + _quotes(regions),
            )
    return None


def _model_without_gpus(found: Mapping[FieldName, Constraint]) -> Conflict | None:
    gpu, hosting, size = found.get("gpu_needed"), found.get("llm_hosting"), found.get("model_parameters_b")
    if gpu is None or hosting is None or size is None:
        return None
    if gpu.value is not False or hosting.value != "self_hosted" or size.value < _NEEDS_GPU_B:
        return None
    return Conflict(
        code="intake.model_without_gpus",
        fields=("gpu_needed", "llm_hosting"),
        message=f"A self-hosted model of {size.value:g} billion parameters needs GPUs, which are ruled out.",
        quotes=_quotes(gpu) + _quotes(hosting),
    )


def _cloud_forbidden(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    cloud, ban = found.get("cloud"), _CLOUD_BAN.search(brief.text)
    if cloud is None or ban is None or cloud.source == "inferred":
        return None
    return Conflict(
        code="intake.cloud_forbidden_and_named",
        fields=("cloud",),
        message=f"Public clouds are ruled out, and {str(cloud.value).upper()} is asked for; say which one holds.",
        quotes=(*_quotes(cloud), brief.quote(*ban.span())),
    )


def _batch_only(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    workloads, only = found.get("workloads"), _BATCH_ONLY.search(brief.text)
    if workloads is None or only is None:
        return None
    live = {"online_inference", "streaming_inference"} & set(workloads.value)
    latency = found.get("latency_ms_p95")
    if not live or "batch_inference" not in workloads.value:
        return None
    if latency is not None and exclusions.shows_results(brief, latency):
        return None
    return Conflict(
        code="intake.batch_only_and_live",
        fields=("workloads",),
        message="The model is to run in batches only, and to answer live; say which one holds.",
        quotes=(*_quotes(workloads), brief.quote(*only.span())),
    )


def _two_latencies(brief: Brief) -> Conflict | None:
    """The same percentile with two values, neither of them taken back, quoted or for a test system."""
    found: list[tuple[float, int, int]] = []
    for number in brief.numbers:
        unit = _TIME.match(brief.text, number.end)
        if unit is None or roles.is_minor_system(brief, number.start):
            continue
        if roles.distance_from_writer(brief, number.start):
            continue
        if roles.is_turned_down(brief, number.start, unit.end()):
            continue
        statement = brief.statement_at(number.start)
        if background.is_background(brief, statement) or background.is_open(statement):
            continue
        if _P95_BEFORE.search(brief.before(number.start, 40)) or _P95_AFTER.match(
            brief.after(unit.end(), 20)
        ):
            factor = 1.0 if unit.group(1).startswith("m") else 1000.0
            found.append((number.value * factor, number.start, unit.end()))
    for first, second in pairwise(found):
        between = brief.text[first[2] : second[1]]
        if max(first[0], second[0]) <= 2 * min(first[0], second[0]) or _TAKEN_BACK.search(between):
            continue
        if "\n" not in between or _APART.search(between):
            continue
        return Conflict(
            code="intake.two_latencies",
            fields=("latency_ms_p95",),
            message=f"The brief names {first[0]:g} and {second[0]:g} ms for the same percentile; say which one holds.",
            quotes=(brief.quote(*first[1:]), brief.quote(*second[1:])),
        )
    return None


def _held_back(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    latency = found.get("latency_ms_p95")
    if latency is None:
        return None
    for number in brief.numbers:
        unit = _TIME.match(brief.text, number.end)
        if unit is None or not _HELD.search(brief.before(number.start, 60)):
            continue
        held = number.value * (1.0 if unit.group(1).startswith("m") else 1000.0)
        if held > latency.value:
            return Conflict(
                code="intake.held_longer_than_target",
                fields=("latency_ms_p95",),
                message=f"Each answer is held back for {held:g} ms and is to arrive within {latency.value:g} ms.",
                quotes=(*_quotes(latency), brief.quote(number.start, unit.end())),
            )
    return None


def _quotes(constraint: Constraint) -> tuple[Quote, ...]:
    return (constraint.quote,) if constraint.quote else ()
