"""Reads how many people build or run the system."""

import math
import re

from libs.intake import background, correction
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.numbers import Number
from libs.intake.rules import crew, introduced, rows
from libs.intake.rules import people as people_added
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_PEOPLE = expression(
    r"(?:\s+|-)(?:(?!of\b|out\b|per\b)[a-z&/-]+\s+){0,3}?(?:people|ppl|staff|persons?|engineers?|"
    r"developers?|devs?|data scientists?|scientists?|ftes?|colleagues|analysts?|folks|guys|"
    r"admins?|specialists?|"
    r"programmers?|pms?|sres?|heads|of us|of them|on (?:it|this|the team|(?:the |our )?"
    r"(?:model|project|product|system|job|platform|service|build|topic))|kolleg\w+|personen|leute|"
    r"entwickler\w*|mitarbeiter\w*|personas|ingenier\w+|desarrollador\w+|companer\w+|"
    r"personnes|"
    rf"{cues.words('team.role')})(?![a-z])"
)
_TEAM_AHEAD = expression(
    r"\b(?:team|squad|crew|group|staff|headcount|ftes?|equipo|equipe|truppe)(?![a-z])(?:[ _-]?"
    r"size)?\s*(?:of|is|has|:|=|\||-|de|von|aus|consists of|will be|are|con|=)*\s*(?:about |"
    r"around |just |only |currently )?$"
    r"|\b(?:maintained|run|operated|owned|built|staffed|supported|handled|administered|looked after|"
    r"taken care of|"
    r"kept (?:alive|running|going)|developed|betreut|gepflegt|betrieben|gebaut|geree?|maintenue?|"
    r"suivie?|exploitee?|"
    r"gestit[oa]|seguit[oa]|beheerd|onderhouden|mantid[oa]|cuidad[oa]|mantenid[oa]|llevad[oa]|"
    r"gestionad[oa]) "
    r"(?:by|with|von|par|por|da|door) (?:about |just |only |nur |a |una |un |een |einem team von )?$"
    r"|\b(?:team|squad|crew|gruppe|equipo|equipe|squadra|department|group)\b[^.;,(]{0,20}\(\s*$"
    r"|\b(?:a cargo de|in charge:|assigned:|resources?:) (?:about |just |only )?$"
    r"|^[\s*>|#_-]*(?:people|ppl|team|staff|staffing|headcount|crew|fte|ftes|who|personas|personnes|"
    r"personen|"
    r"persone|pessoas|mensen|equipo|equipe|squadra|personal|effectif)(?: size)?[*_]*\s*[.:|=-]+[*_]*\s*$"
)
_WE_ARE = expression(
    r"\b(?:we(?:'re| are)|there(?:'ll be|'s| are| is| will be)|we have|there are|we'll be|"
    r"somos|seremos|estaremos|on sera|nous serons|on s'y met a|saremo(?: in)?|zijn we met(?: z'n)?|"
    r"lo llevamos|"
    r"wir werden|seremos em|nosotros somos|wir sind(?: zu)?|nous sommes|on est|siamo(?: in)?|"
    r"wij zijn met(?: z'n)?|"
    r"we zijn met(?: z'n)?|it's|it is)\s+(?:only |just |"
    r"about |currently |a team of )?$"
)
_OPERATE = expression(rf"\b(?:{cues.words('team.operate')})\b")
_COMPANY = expression(rf"\b(?:{cues.words('team.company')})\b")
_THEREOF = expression(
    r"\b(?:dont|davon|of whom|of them|including|de los cuales|di cui|waarvan|"
    r"thereof)\s*$"
)
_AMOUNT = expression(r"\s*(?:[kmgtp]i?b|tb|ms|rps|%|hours?|days?|weeks?|months?|years?|minutes?)\b")
_NOT_ON_IT = expression(
    r"^\s*(?:people|persons?|colleagues|specialists?|staff|of us|of them) (?:\w+ly )?(?:approv|check|"
    r"review|sign|decid|label|annotat|grad|"
    r"test|rat|vot|confirm|inspect|look at|verif|judg|enter|typ)\w*|"
    r"\b(?:stays? (?:on|with|out)|not (?:on|part of|available|involved)|busy with|booked out|"
    r"who are booked|elsewhere|"
    r"other project|left by)\b"
    r"|^\s*people in (?!(?:the|that|our|this|my|your) (?:\w+ )?team|total|charge|(?:the|that|this) group)"
    r"|^\s*(?:\w+ ){0,3}?(?:us(?:e|es|ing)|log|logs|access\w*|click\w*|visit|wait|waits|waiting|call|"
    r"read|search|type|walk|pass|watch|"
    r"have keys|queue|eat|live|attend|apply|work (?:here|in)|are (?:logged|connected|online|active)|"
    r"involved|"
    r"utilis\w+|usan|nutzen|gebruiken|usano|usam)\b"
)
_ALONE = expression(
    r"\b(?:(?:just|only) me\b(?! (?:and|plus|\+))|alone\b(?=,| with| on this| next| -|\.)|on "
    r"my own|by myself|on (?:her|his) own|(?:the )?(?:entire|whole) (?:it|data|ml|tech\w*|analytics|dev\w*) "
    r"(?:department|team|staff|crew)(?= *[.,;!)]|$)|team of one|one[- ](?:man|person|woman) (?:team|show|"
    r"band|outfit|business|company|shop|start-?up)|single "
    r"(?:developer|engineer|person)|"
    r"(?:it'?s|there'?s|that'?s|it is|there is) (?:just|only|all) (?:him|her|me|one of us|one person)\b|"
    r"(?:he|she) is the only one (?:who|on)|one-person|nur ich|c'est juste moi|juste moi|solo io|"
    r"so eu\b|alleen ik|ik alleen|me quedo yo solo|"
    r"i am the (?:only|whole)|i'm the (?:only|whole)|solo developer|ich allein|allein\b|yo "
    r"solo|solo yo|je suis seule?)"
)
_LET_BE = expression(r"\b(?:leav|left|let)\w* (?:[\w-]+ ){1,3}$")
_ME_PLUS = expression(
    r"\b(?:(?:it's|just|only)? ?me|myself|i) (?:plus|and|\+|&|with) (?:a|an|one|my|the|our) "
    r"(?:[a-z-]+ ){0,3}(?:engineer|developer|colleague|analyst|scientist|intern|student|admin|"
    r"freelancer|contractor|dev|person)\b"
)
_LIST_OF_NAMES = expression(
    r"^\s*[-*>|]?\s*(?:who|team|people|on it|staff|crew|wer|quien|equipo|equipe|qui)\s*[:|"
    r"]\s*(?P<names>[^\n.;:]{3,120})"
)
_KEY_AND_NAMES = expression(
    r"^[ ]*(?:team|owners?|people|staff|crew|who|maintainers?|members|equipo|equipe|squadra|personen):[ ]*\n"
    r"((?:[ ]*[-*] [a-z][a-z .'-]{1,30})(?:\n[ ]*[-*] [a-z][a-z .'-]{1,30}){1,14})(?=\n|$)",
    re.MULTILINE,
)
_JOINED = expression(r"\s*(?:,|and|&|\+|plus|und|y|et|,? and|, plus)\s*(?:just |only )?")
_AND_ME = expression(r"\s*(?:and|&|\+|plus|und|y|et) (?:me|myself|ich|yo|moi)\b(?! (?:the|a|in|to))")
_AND_ONE = expression(
    rf"\s*,? ?(?:plus|\+|mas|piu|"
    rf"mais) (?:{cues.words('team.a')}) (?:[a-z-]+ ){{0,2}}?(?:{cues.words('team.role')})(?![a-z])"
)
"""`nous serons trois, plus un stagiaire`."""
_HANDLES = expression(
    r"(?:maintainers?|team|owners?|people|contacts|crew|who|responsible)\W{1,3}@[\w.-]+(?:(?:,? (?:and |"
    r"& )?|/|,)@[\w.-]+)+"
)
_BETWEEN_NAMES = expression(r",|\band\b|\+|&|\bund\b|\by\b|\bet\b")
_ONE_DEVELOPER = expression(
    r"\b(?:one|a single|1) (?:[a-z-]+ )?(?:developer|engineer|data scientist|person|dev)\b"
)
_TOGETHER = {
    "zweit": 2,
    "dritt": 3,
    "viert": 4,
    "funft": 5,
    "sechst": 6,
    "siebt": 7,
    "acht": 8,
    "tweeen": 2,
    "drieen": 3,
    "vieren": 4,
    "vijven": 5,
    "zessen": 6,
    "zevenen": 7,
    "achten": 8,
}
_BY_COUNT = expression(rf"\b(?:zu|(?:met|wij|we) z'n|met ons) ({'|'.join(_TOGETHER)})\b")
_ON_IT = expression(
    r"\s+(?:of (?:them|us|whom) )?(?:people )?(?:will |can |would )?(?:work\w* on|for) (?:it|this)\b"
)
_SAME_UNIT = r"(?:ms|rps|qps|usd|dollars|%|gb|tb|requests)"
_LARGEST_TEAM = 300


def read(brief: Brief, known: Known) -> Reading:
    """The people who build or run it, not the whole company."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        found = _counted(brief, number)
        if found is None:
            continue
        candidates.append(found)
        again = correction.restated(brief, found.end, _SAME_UNIT, confirmed=True)
        if again is not None and 1 <= again.value <= _LARGEST_TEAM and again.value == int(again.value):
            candidates.append(Candidate(again.value, again.start, again.end, found.weight + 0.5, 0.8))
    left = (
        _added_up(brief, correction.standing(brief, candidates))
        + _in_words(brief)
        + people_added.added_up(brief)
    ) or correction.standing(brief, crew.default_readings(brief))
    if not left:
        return Reading()
    best = max(left, key=lambda each: (each.weight, -each.start))
    return reading_of(
        brief,
        "team_size",
        Candidate(
            _whole(best.value), best.start, best.end, best.weight, best.confidence, best.reason, best.inferred
        ),
    )


def _added_up(brief: Brief, candidates: list[Candidate]) -> list[Candidate]:
    """`3 data scientists and 1 ops person`, `two engineers and me`."""
    sums: list[Candidate] = []
    for each in sorted(candidates, key=lambda candidate: candidate.start):
        between = brief.text[sums[-1].end : each.start] if sums else ""
        if sums and _JOINED.fullmatch(between):
            last = sums[-1]
            sums[-1] = Candidate(
                last.value + each.value, last.start, each.end, max(last.weight, each.weight), 0.8
            )
        else:
            sums.append(each)
    return [_with_writer(brief, each) for each in sums]


def _with_writer(brief: Brief, candidate: Candidate) -> Candidate:
    match = _AND_ME.match(brief.text, candidate.end) or _AND_ONE.match(brief.text, candidate.end)
    if match is None:
        return candidate
    return Candidate(candidate.value + 1, candidate.start, match.end(), candidate.weight, 0.8)


def _counted(brief: Brief, number: Number) -> Candidate | None:
    statement = brief.statement_at(number.start)
    if not 1 <= number.value <= _LARGEST_TEAM or (number.value != int(number.value) and number.value > 10):
        return None
    if (
        background.is_open(statement)
        or background.is_headed_background(brief, statement)
        or background.is_about_others(statement)
        or rows.is_row_number(brief, number)
    ):
        return None
    before, behind = brief.before(number.start, 45), brief.after(number.end, 50)
    if crew.is_not_the_team(brief, number.start, number.end):
        return None
    people = _PEOPLE.match(behind)
    ahead = bool(_TEAM_AHEAD.search(before)) and not re.match(
        r"\s*(?:%|ms|k\b|gb|tb|hours?|days?|weeks?|months?|times|other|teams)", behind
    )
    we_are = bool(_WE_ARE.search(before)) and bool(
        re.match(
            (
                r"\s*(?:[.,;!)\n]|$|on\b|in (?:this|the) team|of us|persona|personne|people|en (?:el|este|"
                r"total|equipo|sistemas|informatica|it|tecnologia|oficina|casa)|a \w+(?:rlo|rla|re|lo|rne)\b|"
                r"a s'en|no time|na equipe|pour s|ch'?e|die das|che|qui s|dans l|sur\b|im team|sviluppator|"
                r"in der|"
                r"engineer|und\b|y\b|and\b)"
            ),
            behind,
        )
    )
    on_it = _ON_IT.match(behind)
    people = people or on_it
    if not people and not ahead and not we_are:
        return None
    end = number.end + people.end() if people else number.end
    near = before + behind
    if (
        _THEREOF.search(before)
        or _AMOUNT.match(behind)
        or _NOT_ON_IT.search(behind)
        or re.search(r"\bout of (?:about )?$", before)
    ):
        return None
    operating = bool(_OPERATE.search(near)) or ahead
    if _COMPANY.search(re.split(r"[(,;.]", behind)[0]) and not (
        re.search(r"\bteam\b", near) or people_added.cares(behind)
    ):
        return None
    if number.word and number.value == 1 and not (people and operating):
        return None
    if number.value > 40 and not (ahead or on_it):
        return None
    if (
        people
        and not operating
        and not re.search(r"of us|of them|people$|kolleg|personas|personnes|personen|leute", people.group())
    ):
        return None
    totals = bool(people and re.search(r"of us$", people.group()) and introduced.TOTAL.search(before))
    return Candidate(
        number.value,
        number.start,
        end,
        1.0 + operating + bool(on_it) + 2.0 * totals + 0.5 * ahead + 0.3 * bool(people),
        0.9 if operating else 0.75,
    )


def _in_words(brief: Brief) -> list[Candidate]:
    return [
        *(Candidate(2, *match.span(), 3.0, 0.85) for match in _ME_PLUS.finditer(brief.text)),
        *(
            Candidate(1, *match.span(), 1.8, 0.8)
            for match in _ALONE.finditer(brief.text)
            if not background.is_headed_background(brief, brief.statement_at(match.start()))
            and not _LET_BE.search(brief.before(match.start(), 30))
        ),
        *(Candidate(1, *match.span(), 1.7, 0.75) for match in _ONE_DEVELOPER.finditer(brief.text)),
        *(
            Candidate(_TOGETHER[match.group(1)], *match.span(), 1.8, 0.85)
            for match in _BY_COUNT.finditer(brief.text)
        ),
        *_listed(brief),
        *introduced.people(brief),
    ]


def _listed(brief: Brief) -> list[Candidate]:
    """People who are named one by one: `who: me, Tariq and Lotte`."""
    found = [
        Candidate(len(match.group(1).split("\n")), *match.span(), 2.0, 0.75)
        for match in _KEY_AND_NAMES.finditer(brief.text)
    ]
    found += [
        Candidate(match.group().count("@"), *match.span(), 2.0, 0.75)
        for match in _HANDLES.finditer(brief.text)
    ]
    for statement in brief.statements:
        match = _LIST_OF_NAMES.match(statement.text)
        if match is None or background.is_open(statement) or re.search(r"\d", match.group("names")):
            continue
        names = [name for name in _BETWEEN_NAMES.split(match.group("names")) if name.strip()]
        if len(names) >= 2 and all(len(name.split()) <= 3 for name in names):
            span = (statement.start + match.start("names"), statement.start + match.end("names"))
            found.append(Candidate(len(names), *span, 2.0, 0.75, f"{len(names)} people are listed."))
    return found


def _whole(value: float) -> int:
    """Half a person still has to be reckoned with."""
    return math.ceil(value)
