"""Reads a team where nobody says `team`: people of the trade who are counted, names that do it, totals that add up."""

import re

from libs.intake import background, roles
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate
from libs.intake.numbers import Number
from libs.intake.rules import named_people, rows
from libs.intake.searching import expression

_TRADE = expression(
    r"\s*-?(?:x )?(?:[a-z/&-]+ ){0,3}?(?:posts?|positions?|stellen?|plazas|postes|posti|vagas)(?![a-z])|"
    r"\s*-?(?:x )?(?:[a-z/&-]+ ){0,3}?(?:(?:software|ml|data|machine learning|devops|platform|cloud|"
    r"backend|it|"
    r"system|ki|ai|ia)[- ])?(?:engs?|engineers?|developers?|devs?|data scientists?|scientists?|analysts?|"
    r"programmers?|coders?|admins?|administrators?|sysadmins?|sres?|mles?|swes?|ds|ftes?|techies|"
    r"statisticians?|"
    r"physicists?|researchers?|architects?|data people|ml people|it people|tech(?:nical)? people|postdocs?|"
    r"ingenieur\w*|entwickler\w*|informatiker\w*|programmier\w*|datenwissenschaftler\w*|analyst\w*|"
    r"ingenier\w+|desarrollador\w*|programador\w*|cientific[oa]s? de datos|informatic[oa]s|"
    r"developpeu\w+|ingenieure?s?|scientifiques? (?:de|des) donnees|informaticien\w*|programmeu\w+|"
    r"sviluppator\w+|ingegner\w+|programmator\w+|informatici|desenvolvedor\w*|engenheir\w+|"
    r"cientistas? de dados|"
    r"ontwikkelaars?|datawetenschappers?|programmeurs?|vzw|vze|vza|vzae|etp|bodies)(?![a-z])"
    r"|\s*-?(?:strong|kopfig\w*|headed)(?![a-z])"
    r"|\s*(?:do|does|make|machen|font|hacen|fanno|doen) (?:the )?(?:ml|machine learning|ki|ai|data|this|"
    r"it)(?![a-z])"
)
_PERSONS = expression(
    r"\s*(?:[a-z/&-]+ ){0,2}?(?:people|ppl|persons?|colleagues?|volunteers?|students?|interns?|staff|folks|"
    r"guys|"
    r"of us|heads|men|women|hands|pairs of hands|employees|specialists?|technicians?|contractors?|"
    r"personen|leute|kolleg\w+|mitarbeite\w+|studierende\w*|azubis?|mann\b|frauen|personas|companer\w+|"
    r"voluntari\w+|"
    r"estudiantes|tecnic[oa]s|personnes|collegues|benevoles|etudiant\w+|agents|persone|colleghi|volontari|"
    r"pessoas|colegas|mensen|collega'?s|vrijwilligers)(?![a-z])"
)
_ALL_THERE_IS = expression(
    r"\s*(?:people|ppl|persons?|devs?|developers?|engineers?|engs?|peeps|heads|folks|ftes?|personas|"
    r"personen|leute|"
    r"personnes|persone|pessoas|mensen|of us)\s*[.;,!]?\s*"
)
"""A line that is nothing but `3 ppl.`"""
_STAFF_LINE = expression(
    r"[\s*>#|-]*(?:(?:topic|item|point|punkt|tema) \d{1,2}[.,:)]?\s*|\d{1,2}[.)]\s+)?(?:staff\w*|team|who|"
    r"people|crew|"
    r"headcount|"
    r"personal|equipo|equipe|manpower|resources?)\b"
)
_OTHERS_WORK = expression(
    r"(?<![a-z])(?:hir(?:e|ed|es|ing)|recruit\w*|vacanc\w+|open positions?|applied for|requested|"
    r"not approved|"
    r"not (?:yet )?(?:confirmed|granted|hired)|would need|we(?:'d| would) need|customers?|users?|employ\w+|"
    r"clients?|patients?|passengers?|read(?:s|ers)?|use(?:s|d)? (?:it|this|the)|using|log in|look at the|"
    r"consultants? (?:said|says|want)|left (?:us|the)|retire\w*|check(?:s|ed)?|approv\w+|decid\w+ by|"
    r"reviewed by|"
    r"call(?:s)? (?:it|us)|in (?:our|the) (?:company|firm|whole)|company of|firm of|bewerber|kunden|nutzer|"
    r"clientes|usuari\w+|salaries|utilisateurs?|employes|utenti|clienti|usuarios|gebruikers|klanten|"
    r"other (?:team|project|department|group)|support has|ago|used to|by hand|manually|booked out|busy|"
    r"of them|"
    r"of whom|davon|dont|waiting|tickets)(?![a-z])"
)
_GRANTED = expression(
    r"\s*(?:were |was |are |is |have been )?(?:granted|approved|confirmed|assigned|agreed)\b"
)
_TOTAL = expression(
    r"(?<![a-z])(?:(?:that|which|this)(?:'s| is| makes?| are| gives?)|makes?|making|so|altogether|in total|"
    r"in all|"
    r"total(?:s|ling)?|das (?:macht|sind)|macht|zusammen|ca fait|soit|en tout|en total|suman?|son|in tutto|"
    r"fa(?:nno)?|dat maakt|samen|ao todo|no total)(?: (?:us|zusammen|a team of|just|only))?\s*$"
)
_WE_ARE = expression(
    r"(?<![a-z])(?:we(?:'re| are)|nous sommes|on est|on sera|wir sind|somos|seremos|siamo(?: in)?|"
    r"saremo(?: in)?|"
    r"we zijn(?: met)?)(?: only| just| nur| que| solo| maar)?\s+$"
)
_SIDE_IS = expression(
    r"(?<![a-z])(?:(?:software|it|data|ml|tech\w*|dev\w*|engineering|analytics|computer|our|my|core|"
    r"platform)[- ]"
    r"(?:people|folks|guys|crew|side|ones|team|squad|staff|engineers|developers|leute|seite)|informatiker|"
    r"entwickler|"
    r"developpeurs|informaticiens|informaticos|desarrolladores|sviluppatori|informatici) (?:are|is|"
    r"consists? of|makes?|"
    r"counts?|sind|sont|son|sono) (?:only |just |nur |solo |que )?$"
)
"""`the software people are two`."""
_SO_MANY = expression(
    r"\s*(?:[.,;!)\n]|$|of us\b|(?:na|no|a la|al|en el|en la|in der|im|in the|dans l'|au|aux|chez|nel|"
    r"nella|bij|op|at the) "
    r"(?:\w+ (?:de |of )?)?(?:data|it|ti|dat[io]s|dados|donnees|daten|analytics|ml|informatica|"
    r"informatique|edv|tech|"
    r"technik|dev|analisi|analyse|systems?|sistemas|engineering|entwicklung)\b|to \w+|on (?:it|this)|doing|"
    r"who\b|that\b|all told|here\b|a (?:nous |"
    r"vous )?(?:en |y )?\w+(?:er|ir|re|rlo|rla)\b|"
    r"pour\b|qui\b|die\b|que\b|para\b|che\b|per\b|in (?:all|total)|und\b|et\b|y\b|e\b|and\b)"
)
_BY_WORD = expression(
    r"(?<![a-z])(?:(?P<two>duo|zweierteam|binome|tandem|(?:a|en|entre|em|in|zu) (?:deux|dos|dois|due|"
    r"zweit)|couple of us|"
    r"pair of us)|(?P<three>trio|dreierteam|(?:a|entre|em|in|zu) (?:trois|tres|tre|dritt))|"
    r"(?P<four>quartet|viererteam|(?:a|entre|em|in|zu) (?:quatre|cuatro|quatro|quattro|viert))|"
    r"(?P<one>une? seule? (?:personne|developpeu\w+)|eine einzige person|una sola persona|um[a]? so pessoa|"
    r"(?:a|one) (?:single|lone) \w+|"
    r"(?:nobody|no one|none) (?:else )?(?:but|except|besides|other than) me|niemand ausser mir|"
    r"personne d'autre que moi|"
    r"nadie mas que yo))(?![a-z])"
)
_DEPARTMENT = expression(r"\s*(?:people )?(?:from|of|aus|von der|vom|du|de la|del|dal|dalla|van)\s+[a-z]")
_WHO_IS_ON_IT = expression(
    r"\b(?:team|us|nous|uns|wir|equipo|equipe|squadra|it|project|projekt|projet|proyecto)\b"
)
_BY_WORD_COUNT = {"one": 1, "two": 2, "three": 3, "four": 4}
_OUT_OF = expression(
    r"\s*(?:of|von|de|des|di|van) (?:the|our|my|den|unseren|los|nuestros|les|nos|dei|onze|de|"
    r"\w+)(?: \d{1,2}| \w+)?\b"
)
_FROM_ANOTHER = expression(
    r"\b(?:of|von|de|des|di|van) (?:the|our|my|those|these|den|unseren|los|les|dei|onze)? ?$"
)
_NOT_THE_TEAM = expression(
    r"\b(?:(?:pilot|prototype|poc|proof of concept|trial|first version|attempt|demo|last time|consultants?|"
    r"agency|vendor|integrator|contractor|back then|hackathon)"
    r"(?: \w+){0,2} (?:took|needed|cost|required|had|kept|used|involved|was|quoted|offered|estimated|"
    r"proposed|billed)|(?:in (?:19|20)\d\d|years? ago|last year)\b.{0,45}~ (?:\w+ ){0,2}(?:tried|failed|"
    r"attempted|gave up|did|built|made|worked|left)|(?:built|made|wrote|did) the (?:pilot|prototype|"
    r"poc|demo|old|first)|but they (?:left|are gone|have gone|quit)|"
    r"hir(?:e|ed|es|ing)|recruit\w*|(?:who|have|has) left|left (?:last|us|in|the|this)|leaves?|retir\w+|"
    r"consultants? (?:\w+ ){0,2}(?:sent|came|were|said|want)|agency sent|applied for|requested|"
    r"not approved|vacan\w+|open positions?|"
    r"interview\w*|maternity|left, |left and|einstellen|gekundigt|contratar|embaucher|assumere)\b"
)
_OF_THE_HOUSE = expression(
    r"(?:\b(?:start-?up|bakery|company|firm|business|co-?op(?:erative)?|shop|practice|clinic|agency|farm|"
    r"hotel|chain|club|museum|"
    r"library|school|university|hospital|brewery|winery|publisher|manufacturer|organi[sz]ation|ngo|charity|"
    r"bank|insurer|dealer|"
    r"retailer|carrier|utility|workshop|garage|family business|gmbh|ltd|inc|verein|betrieb|unternehmen|"
    r"firma|backerei|handler|"
    r"kanzlei|praxis|entreprise|societe|pme|boulangerie|cabinet|agence|empresa|panaderia|tienda|"
    r"cooperativa|azienda|ditta|"
    r"negozio|bedrijf|winkel)\b(?![^.;:\n]{0,40}\bteam\b)[^.;:\n\d]{0,25}(?:\bwith|\bof|,|\(|\bmit|\bde|"
    r"\bcon|\bavec|\bdi|\bmet)"
    r")\s*(?:about |some |around |ca\.? |rund |unos )?$"
)
"""`a bakery with 23 staff`."""
_JOINED_BY_NEW = expression(r"\b(?:join|joining|joins) (?:our |a team of |the )?(?:about |some )?$")
_WHO_SIT_IN = expression(
    r"\s*(?:of them|of whom|davon|d'entre eux) (?:\w+ )?(?:in|at|im|dans|en)\b"
    r"(?! (?:it|this)\b[^.]{0,9} (?:team|project))"
)
_ELSEWHERE = expression(
    r"\b(?:help ?desk|support|call cent\w+|hotline|sales|warehouses?|plants?|factory|company|firm|shops?|"
    r"offices?|"
    r"kitchen|van crews?|drivers?|club|hospitals?|clinics?|stores?|rangers?|nurses?|branch\w*|field force|"
    r"werk|betrieb|"
    r"entreprise|empresa|usine|fabrica|hospital)\b(?: (?:alone|itself))?\s*(?:has|have|is|are|employs?|"
    r"counts?|hat|sind|tiene|"
    r"compte|conta|:|=|-)\s*(?:about |some |around )?$"
)
"""`the help desk has 40 people`."""
_PAIR = expression(
    r"(?<![a-z])(?:(?:my|our|an?|one|mein|meine|ein|eine|mon|ma|une?|mi|una|(?:il )?mio|(?:la )?mia|"
    r"(?:o )?meu|"
    r"(?:a )?minha|mijn|een) [a-z-]+ (?:and|und|et|y|e|en) (?:me|myself|i|ich|moi|yo|io|eu|ik)"
    r"|(?:me|myself|i|ich|moi|yo|io|eu|ik) (?:and|und|et|y|e|en|plus) (?:my|mein|meine|mon|ma|mi|mio|mia|"
    r"meu|minha|"
    r"mijn|il mio|la mia|an?|one) [a-z-]+)(?![a-z])"
)
_ROLE_LABEL = expression(
    r"(?<![a-z])(?:data(?: science| folks| people| team)?|ml|it|tech|ai|dev\w*|engineer\w*|ops|analytics|"
    r"research|"
    r"backend|platform)(?: (?:folks|people|team|staff|side))?\s*[:=]\s*(?=\d{1,2}\b(?!\s*(?:%|[kmgtp]b|ms|"
    r":|\.\d|,\d{3})))"
)
_MYSELF = expression(
    r"[\s*>#|-]*(?:team|staff|who|people|crew|equipo|equipe|quien|wer|qui|owner|maintainer)\W{1,4}(?:just |"
    r"only |nur )?"
    r"(?:me|myself|ich|moi|yo|io|eu|ik)\W*$"
)
_ONE_ALONE = expression(
    r"(?<![a-z])(?:there(?:'s| is| will be)|we(?:'ve| have)(?: got)?|i(?:'ve| have)|es gibt|hay|il y a|c'e|"
    r"ha|er is) "
    r"(?:exactly |just |only |nur |solo |qu'|maar )?(?:one|1|a single|einen?|eine|un|une|una|um|uma|een)\b"
)
_SOLO = expression(
    r"(?<![a-z])(?:(?:he|she|i|they)(?:'s| is|'m| am| are)? (?:it|alone|everything|the (?:whole )?team|"
    r"the only one|"
    r"all we have)|one[- ]person|(?:as )?an? one-(?:man|woman) show|(?:nobody|no one) else|"
    r"mache ich (?:das )?allein|"
    r"(?:je m'en occupe|me ocupo|me ne occupo|eu cuido|lo llevo|ik doe het) (?:seule?|yo sol[oa]|da sol[oa]|"
    r"sozinh[oa]|alleen)|"
    r"(?:data scientist|engineer|developer|analyst|admin|programmer) \(?(?:me|myself|ich|moi|yo|"
    r"io)\)?)(?![a-z])"
)
_WE_WERE = expression(r"\b(?:we (?:were|are|had)|wir waren|nous etions|eramos|eravamo|we waren)\b")
_WE_ARE_MOST = 15


def default_readings(brief: Brief) -> list[Candidate]:
    """People who can hardly be anything else than those who build or run it; weaker than a plain statement."""
    found: list[Candidate] = []
    for statement in brief.statements:
        if (
            background.is_open(statement)
            or background.is_about_others(statement)
            or background.is_headed_background(brief, statement)
            or background.is_question(statement)
        ):
            continue
        found += named_people.named(brief, statement)
        found += named_people.with_somebody(brief, statement)
        found += [
            Candidate(1, *_span(statement, match), 0.9, 0.7)
            for match in _SOLO.finditer(statement.text)
            if named_people.KEEPS.search(statement.text)
            or _ONE_ALONE.search(statement.text)
            or len(statement.text) < 60
        ]
        found += [
            Candidate(_BY_WORD_COUNT[match.lastgroup or "one"], *_span(statement, match), 1.1, 0.7)
            for match in _BY_WORD.finditer(statement.text)
            if named_people.KEEPS.search(statement.text)
            or _WHO_IS_ON_IT.search(statement.text)
            or len(statement.text) < 40
        ]
        found += [
            Candidate(2, *_span(statement, match), 1.0, 0.7)
            for match in _PAIR.finditer(statement.text)
            if named_people.KEEPS.search(statement.text) or len(statement.text) < 40
        ]
        if alone := _MYSELF.match(statement.text):
            found.append(Candidate(1, *_span(statement, alone), 1.2, 0.75))
        found += _from_departments(brief, statement)
    return found + [each for number in brief.numbers if (each := _counted(brief, number))]


def is_not_the_team(brief: Brief, start: int, end: int) -> bool:
    """Whether people are spoken of who are not there: to be hired, gone, sent by others, or the larger group."""
    before = brief.before(start, 45)
    clause = re.split(r"[;()]|, (?:and|so)\b|\bbut\b", brief.after(end, 60))[0]
    after = brief.after(end, 60)
    if (_OF_THE_HOUSE.search(before) or _WHO_SIT_IN.match(after)) and not named_people.KEEPS.search(after):
        return True
    if (
        _JOINED_BY_NEW.search(before)
        or _ELSEWHERE.search(before)
        or _NOT_THE_TEAM.search(_own_part(before) + " ~ " + clause)
    ):
        return True
    from_another = _FROM_ANOTHER.search(before)
    return from_another is not None and any(
        0 <= from_another.start() - (each.end - start + len(before)) <= 1
        for each in brief.numbers_from(start - len(before))
        if each.end <= start
    )


def _own_part(before: str) -> str:
    """The words behind the last comma where they are none or name a team: `who leave, a team of 4` loses nobody."""
    own = before.rpartition(", ")[2]
    return own if not own or re.search(r"\bteam\b", own) else before


def _span(statement: Statement, match: re.Match[str]) -> tuple[int, int]:
    return statement.start + match.start(), statement.start + match.end()


def _from_departments(brief: Brief, statement: Statement) -> list[Candidate]:
    """`Who'll run it: two from IT, one from the lab`."""
    labelled = [statement.start + match.end() for match in _ROLE_LABEL.finditer(statement.text)]
    head = named_people.TEAM_HEAD.search(statement.text)
    if head is None and not labelled:
        return []
    parts = [number for number in brief.numbers if number.start in labelled] or [
        number
        for number in brief.numbers
        if head is not None
        and statement.start + head.end() <= number.start < statement.end
        and _DEPARTMENT.match(brief.after(number.end, 30))
    ]
    if not parts or sum(each.value for each in parts) > named_people.LARGEST:
        return []
    return [Candidate(sum(each.value for each in parts), parts[0].start, parts[-1].end, 1.4, 0.75)]


def _counted(brief: Brief, number: Number) -> Candidate | None:
    statement = brief.statement_at(number.start)
    if not 1 <= number.value <= named_people.LARGEST or number.value * 2 != int(number.value * 2):
        return None
    if (
        rows.is_row_number(brief, number)
        or background.is_open(statement)
        or background.is_about_others(statement)
        or background.is_headed_background(brief, statement)
        or roles.is_turned_down(brief, number.start, number.end)
    ):
        return None
    before, behind = brief.before(number.start, 60), brief.after(number.end, 70)
    staff = any(
        _STAFF_LINE.match(each.text) for each in (statement, brief.previous(statement)) if each is not None
    )
    if staff and _GRANTED.match(behind):
        return Candidate(number.value, number.start, number.end, 1.4, 0.75)
    totals = _TOTAL.search(before) and re.match(
        r"\s*(?:[.,;!)\n]|$|of us|people|in total|altogether)", behind
    )
    if totals and _speaks_of_people(brief, statement):
        return Candidate(number.value, number.start, number.end, 1.6, 0.75)
    line = brief.text[statement.start : statement.end].strip(" \t\n-*>|#\u2022")
    if _ALL_THERE_IS.fullmatch(brief.text[number.end : statement.end]) and line.startswith(
        brief.text[number.start : number.end]
    ):
        return Candidate(number.value, number.start, statement.end, 0.9, 0.65)
    clause = re.split(r"[;(]|, (?:and|but|which|who)\b|\bbut\b", behind)[0]
    if _SIDE_IS.search(before) and re.match(r"\s*(?:[.,;!)\n]|$)", behind):
        return Candidate(number.value, number.start, number.end, 1.2, 0.7)
    if _WE_ARE.search(before) and _SO_MANY.match(behind) and number.value <= _WE_ARE_MOST:
        return Candidate(number.value, number.start, number.end, 1.2, 0.7)
    if _OTHERS_WORK.search(before[-40:] + " ~ " + clause):
        return None
    if number.word and number.value == 1 and not _ONE_ALONE.search(brief.before(number.end, 40)):
        return None
    if is_not_the_team(brief, number.start, number.end):
        return None
    out_of = _OUT_OF.match(behind)
    trade = _TRADE.match(behind) or (out_of and _TRADE.match(behind, out_of.end()))
    if trade:
        return Candidate(number.value, number.start, number.end + trade.end(), 1.0, 0.7)
    persons = _PERSONS.match(behind)
    following = next((each.text for each in brief.statements if each.start >= statement.end), "")
    keeps = named_people.KEEPS.search(
        statement.text[max(0, number.start - statement.start - 60) :][:170]
    ) or re.match(r"\s*(?:they|these|those|sie|ils|elles|ellos|ellas|loro) ", following)
    if persons and (keeps or staff):
        return Candidate(number.value, number.start, number.end + persons.end(), 0.9, 0.65)
    return None


def _speaks_of_people(brief: Brief, statement: Statement) -> bool:
    """Whether the statement or the one before is headed by a word of staff, or names somebody at work."""
    around = brief.text[max(statement.start - 200, 0) : statement.end]
    near = around.rsplit("\n\n", 1)[-1]
    return bool(
        _WE_WERE.search(statement.text)
        or named_people.TEAM_HEAD.search(near)
        or _TRADE.search(near)
        or named_people.KEEPS.search(statement.text)
    )
