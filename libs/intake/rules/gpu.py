"""Reads whether GPUs are asked for or ruled out."""

import re

from libs.intake import asked, background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_GPU = expression(
    r"(?<![a-z0-9])(?:gpus?(?![a-z0-9])|(?:(?:nvidia )?(?:[ahv]100s?|h200s?|b200s?|a10g?s?|t4s?|l4s?|"
    r"l40s|rtx ?\d{4})|"
    r"graphics cards?|grafikkarten?|tarjetas? graficas?|cartes? graphiques?|schede? video|cuda|"
    r"nvidia(?: cards?|(?! (?:is|are|was|has|orders?|shares?|stock|as)))|(?:hardware |"
    r"ai )?accelerators?(?= (?:cards?|required|needed|mandatory))|"
    r"graphics (?:hardware|processors?|chips?)|grafik(?:prozessor\w*|hardware|chips?)|"
    r"processeurs? graphiques?|"
    r"procesador(?:es)? graficos?|sched[ae] grafic(?:a|he)|placas? (?:de video|graficas?)|(?:video|"
    r"grafische )kaart(?:en)?|"
    r"(?:hardware-?)?beschleuniger(?:karten)?|acelerador(?:a|es|as)?|accelerateurs?|acceleratori|"
    r"(?<=own )accelerators|(?<=no )accelerators|(?<=sin )aceleradores|"
    r"(?:p3|p4d|p5|g4dn|g5|g6)\.\d*x?large)\b)"
)
_KEYED = expression(
    r"(?:[_ ](?:needed|required|necessary|use|usage|nodes?|support|count|instances?))?[\"'`*]*\s*[:=|"
    r"]\s*[\"'`*]*"
    r"(?:(?P<no>no|none|false|0|off|nein|keine?|non|aucune?|ninguna?|nessuna?|nao|geen|nee|n)|"
    r"(?P<yes>yes|true|on|ja|oui|si|sim|required|needed|mandatory|[1-9]\d?(?: ?x)?))(?![\w])"
)
_REFUSED_BEFORE = expression(
    r"\b(?:spare (?:me|us)|skip|forget(?: about)?|refus\w+|rejected|declined|turned down|denied|vetoed|"
    r"struck|blocked|deleted|crossed out|ruled out|do without|"
    r"(?:cope|manage|live|get by|make do|works?|runs?|goes) (?:well |fine |perfectly )?without|"
    r"leave out|no (?:room|money|"
    r"budget|case|point|reason|use|place) for|see no|abgelehnt|gestrichen|refuse|rechaz\w+|nicht (?:in|auf)) "
    r"(?:[\w']+ ){0,5}$"
)
_REFUSED_AFTER = expression(
    r"(?:(?!\b(?:but|however|aber|mais|pero|cpus?|without)\b)[^.;!?\n]){0,60}?\b(?:turned down|declined|"
    r"rejected|refused|denied|"
    r"blocked|barred|off limits|vetoed|crossed out|struck (?:out|off)|not (?:be |been )?(?:approved|"
    r"granted|available|foreseen|"
    r"funded|wanted|worth|an option|in the plan)|unavailable|none (?:available|wanted|needed|planned)|"
    r"(?:leave|left) (?:it|them) out|"
    r"abgelehnt|gestrichen|nicht (?:drin|vorgesehen|genehmigt|verfugbar|bewilligt)|gesperrt|refusee?s?|"
    r"rechazad\w+|bloquead\w+|"
    r"respint\w+|bocciat\w+|afgewezen|recusad\w+)(?![a-z])"
    r"|[,:]?\s*(?:no|nein|non|nope|nao|nee|nicht)\s*(?:[.,;!)\n]|$)|\s*(?:\u274c|\u2717|\u2718|\U0001f6ab)"
    r"|\s*(?:(?:only |would |will |wouldn't |won't )?(?:buys?|gives?|gains?|does|makes?|helps?|"
    r"saves?) (?:us |you |me )?"
    r"(?:nothing|no difference|little|not|nobody|no one)|(?:would be|is|are) (?:like )?(?:shooting|"
    r"using a|taking a|breaking)|"
    r"(?:brauch\w*|benotig\w*) (?:[\w']+ ){0,7}(?:nicht|keine?)\b|(?:sobra|sobran|no hacen? falta)|"
    r"ne (?:sert|servirait|servent|changerait|change)|non serv\w+|(?:hoeft|hoeven|is|zijn) (?:\w+ ){0,3}niet)"
)
_ELSEWHERE = expression(
    r"\b(?:belong\w* to|happens? to (?:have|own)|drawer|their (?:own )?(?:\w+ )?(?:workstations?|"
    r"laptops?|desks?|machines?|pcs?)|game|gaming|games?|old pc|to play with|"
    r"render\w*|video editing|designers?|gamers?|artists?|for sale|mining|second-?hand|at home|"
    r"ignore (?:it|that|them))\b"
)
_OR_BETTER = expression(
    r"\b(?:or|oder|ou|o) (?:better|equivalent|similar|more|newer|larger|bigger|so|above|besser|"
    r"gleichwertig\w*|mehr|mieux|equivalents?|"
    r"plus|mejor|superior|similares?|meglio)\b"
)
_SLOW = expression(
    r"(?:(?!\b(?:only|just|nur|merely|seulement|solo|fine|enough)\b)[^.;!?\n]){0,30}?\b(?:took|takes?|"
    r"taking|last(?:s|ed)|crawls?|dauert\w*|"
    r"brauch\w*|dure\w*|prend|met|tard\w+|ci mette|duurt|demora\w*) (?!(?:only|just|nur|seulement|solo)\b)"
)
"""`without a GPU it took nine days` asks for one."""
_CPU = expression(
    r"(?<![a-z0-9])(?:cpus?|(?:plain|ordinary|normal|standard|commodity|regular|everyday|normale[nr]?|"
    r"gewohnliche[nr]?|gewone) "
    r"(?:processors?|prozessor(?:en)?)|(?:processors?|prozessor(?:en)?|processeurs?|procesador(?:es)?|"
    r"processor[ei]|"
    r"processador(?:es)?)(?: (?:simples?|normales?|normaux|comuni|comuns))?"
    r"(?=(?: normalmente| alone| allein)? (?:will do|suffic|is enough|are enough|reich|genug|suffi|bast|"
    r"volsta|chega)))"
    r"(?![a-z0-9])(?! (?:usage|load|hours?|time|credits?|price|limit|quota|graph|grafic))"
)
_CPU_DOES = expression(
    r"\b(?:keep|kept|stay\w*|stick\w*|remain\w*|only|just|plain|ordinary|commodity|standard|normal\w*|"
    r"regular|everyday|will do|do the job|"
    r"do|enough|suffic\w+|fine|okay|ok|happy|what we have|run[s]? on|instead|then|reich\w*|genug\w*|nur|"
    r"normale|suffi\w*|suffit|"
    r"simples?|seulement|bast\w+|solo|normales?|soltanto|comuni|genoeg|voldoende|volsta\w+|gewone|chegam?)\b"
)
_NO_CPU_TALK = expression(r"\b(?:data|payment|card|order|word|food|third-?party|gdpr|sub)[ -]$")
_CPU_ONLY = expression(rf"\b(?:{cues.words('gpu.cpu_only')})\b")
_OPTIONAL = expression(rf"\b(?:{cues.words('gpu.optional')})\b")
_IN_PASSING = expression(r"%\s*of it $|\b(?:bill|invoice)\b[^.]{0,15}$")
_IN_PASSING_AFTER = expression(
    r"^\s*(?:budgets?|quotas?|questions?|topics?|ideas?|hours?|shortage|market|prices?|bills?|costs?|"
    r"vendors?)\b"
)
_POINTLESS_AFTER = expression(
    r"[\"')]?\s*(?:[:=|]\s*)?[\"']?(?:(?:would|could|will|is|are|ware\w*|sind|ist|serai\w*|seria\w*"
    r"|sarebbe\w*) (?:only |just |all |pure |a |an |be |eine? "
    r"|un |une |una |totally |completely |simply |rather )*(?:wasted?|thrown|waste|overkill"
    r"|pointless|luxury|nonsense|silly|over the top|"
    r"verschwend\w+|ubertrieben|rausgeworfen\w*|unsinn|gaspill\w+|gachis|inutiles?|excessi\w+"
    r"|desperdici\w+|derroche|exagerad\w+|"
    r"sprecat\w+|uno spreco|zonde)|(?:can|may|could) (?:stay|remain|sit)|bring\w* (?:us )?nothing"
    r"|add\w* nothing|"
    r"nope\b|nein\b|none\b|no\b(?= *[\"'|,.;)}\n]|$)|bringen? nichts|n'apport\w+ rien|no aportan? nada)"
)
_ONLY_WITH = expression(
    r"\b(?:not|n't|nothing|nicht|pas|no|cannot|impossible|unthinkable"
    r"|useless)\b[^.;:!?]{0,30}\b(?:without|ohne|sans|sin) (?:\w+ ){0,2}$"
)
_WITHOUT = expression(
    r"\b(?:without|ohne|sans|sin|senza|sem|zonder) (?:(?:a|an|any|eine?|une?|una|um|uma|een|the) )?$"
)
_IMPOSSIBLE = expression(
    r"[^.;:!?\n]{0,25}\b(?:(?:not|isn't|n't) (?:possible|feasible|doable|going to work|work)|impossible|"
    r"hopeless|can't|cannot|"
    r"won't (?:work|do)|not be (?:possible|feasible)|no (?:chance|way)|too slow|(?:geht|klappt|"
    r"lauft) (?:\w+ ){0,2}nicht|nicht (?:moglich|machbar)|"
    r"(?:marche|va|fonctionne|tourne) pas|no (?:es posible|se puede|funciona|va)|non (?:si puo|funziona|va)|"
    r"nao (?:da|funciona)|(?:gaat|kan|werkt) (?:\w+ )?niet|niet mogelijk)\b"
)
"""`without a GPU it is not possible` asks for one."""
_BANNED_BEFORE = expression(
    r"\b(?:no (?:\w+ ){1,7}(?:may|can|shall|must)|(?:nobody|no one) (?:may|can)|(?:may|must|"
    r"shall)(?:n't| not)|not allowed to|"
    r"(?:use|purchase|rental|buying|acquisition|einsatz|nutzung|usage|emploi|uso) (?:of|von|d[e'u]|"
    r"der)) (?:[\w-]+,? ){0,6}$"
)
_BANNED_AFTER = expression(
    r"(?:[^.;:!?\n]{0,30})\b(?:prohibited|forbidden|banned|not (?:allowed|permitted)|verboten|untersagt|"
    r"interdite?s?|"
    r"prohibid[oa]s?|vietat\w|proibid\w+|verboden)\b"
)
_NOT_PERMITTED = expression(
    r"\s*(?:based )?(?:machines?|instances?|servers?|cards?|nodes?|hardware|vms?|use|usage)? ?(?:are|"
    r"is) (?:\w+ly )?"
    r"(?:not (?:permitted|allowed|available to us)|prohibited|forbidden|banned|off[- ]limits)\b"
)
_NO_BAN = expression(r"\b(?:may|can|shall|must)\b")
_SCOPES = (
    re.compile(
        r"\b(?:serv\w+|inference|infer|answer\w*|predict\w*|production|online|betrieb|inferenz|servir)\b"
    ),
    re.compile(r"\b(?:\w*train\w*|fine-?tun\w*|fit\w*|entren\w*|entrain\w*|addestr\w*|experiment\w*)\b"),
)
_OWNED_BY_OTHERS = expression(
    r"\b(?:division|department|institute|university|competitors?|company|colleagues|neighbou?rs?"
    r"|group|branch|they|abteilung|"
    r"universitat|entreprise|empresa|universidad|others?) (?:\w+ ){0,3}(?:has|have|had|owns?|got"
    r"|bought|runs?|uses?|hat|hatte|haben|a|"
    r"avait|tiene|tenia) (?:\S+ ){0,2}$"
)
_FOR_OTHERS = expression(
    r"\s*(?:are|is|sind|sont|son) (?:(?:reserved|only|used|needed|booked) )?(?:for|by|fur|pour|para) "
    r"(?:the|our|another|other|die|das|den|le|la|el) (?!model|training|job|fine|llm|inference)"
)
_ABSENT = expression(
    r"\b(?:won't|will not|cannot|can't|don't|do not) (?:get|have|buy|afford|want|need|use|pay "
    r"for|approve)\b[^.;]{0,20}$"
)


def read(brief: Brief, known: Known) -> Reading:
    """True when asked for, false only when ruled out; both is a conflict."""
    for_it: list[Candidate] = []
    against: list[Candidate] = [
        Candidate(False, *match.span(), 2, 0.93) for match in _CPU_ONLY.finditer(brief.text)
    ]
    for match in _GPU.finditer(brief.text):
        start, end = match.span()
        statement = brief.statement_at(start)
        answer, key = asked.answer(brief, start), _KEYED.match(brief.text, end)
        if key is not None:
            (against if key["no"] else for_it).append(Candidate(not key["no"], start, end, 2, 0.95))
        elif answer is not None:
            (for_it if answer else against).append(Candidate(answer, start, end, 2, 0.85))
        elif _WITHOUT.search(brief.before(start, 20)) and (
            _IMPOSSIBLE.match(brief.after(end, 50)) or _SLOW.match(brief.after(end, 60))
        ):
            for_it.append(Candidate(True, start, end, 2, 0.9))
        elif _is_banned(brief, start, end):
            against.append(Candidate(False, start, end, 2, 0.93))
        elif _is_refused(brief, start, end):
            against.append(Candidate(False, start, end, 2, 0.9))
        elif _POINTLESS_AFTER.match(brief.after(end, 60)):
            against.append(Candidate(False, start, end, 2, 0.88))
        elif _ONLY_WITH.search(brief.before(start, 70)):
            for_it.append(Candidate(True, start, end, 2, 0.9))
        elif negation.is_negated(brief, start, end) or _ABSENT.search(brief.before(start, 40)):
            against.append(Candidate(False, start, end, 2, 0.93))
        elif _is_wanted(brief, start, end) and not background.is_open(statement):
            for_it.append(Candidate(True, start, end, 2, 0.9))
    if not for_it and not against:
        against += _on_processors(brief)
    if for_it and against and _for_other_parts(brief, for_it[0], against[0]):
        against = []
    if for_it and against:
        return Reading(
            None,
            (
                Conflict(
                    code="intake.gpu_wanted_and_ruled_out",
                    fields=("gpu_needed",),
                    message="GPUs are asked for and ruled out; say which one holds.",
                    quotes=(
                        brief.quote(for_it[0].start, for_it[0].end),
                        brief.quote(against[0].start, against[0].end),
                    ),
                ),
            ),
        )
    return reading_of(brief, "gpu_needed", next(iter(for_it or against), None))


def _is_refused(brief: Brief, start: int, end: int) -> bool:
    """Whether somebody said no to it, or it is said to be of no use."""
    before = re.split(r"[.;:!?\n]|\bbut\b", brief.before(start, 60))[-1]
    return bool(_REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(brief.after(end, 90)))


_HARDWARE_KEY = expression(
    r"(?<![a-z])(?:hardware|compute|computing|machines?|instances?|nodes?|rechner|materiel|maquinas?|"
    r"accelerat\w+)[\"'`*]*\s*[:=|]\s*"
    r"[\"'`*]*(?:[a-z-]+ )?$"
)


def _on_processors(brief: Brief) -> list[Candidate]:
    """`keep it CPU`, `plain processors will do`: where no graphics card is spoken of, this rules them out."""
    for match in _CPU.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if background.is_background(brief, statement) or background.is_open(statement):
            continue
        if _NO_CPU_TALK.search(brief.before(match.start(), 20)) or negation.is_negated(brief, *match.span()):
            continue
        if _HARDWARE_KEY.search(brief.before(match.start(), 40)):
            return [Candidate(False, *match.span(), 1.5, 0.85)]
        near = re.split(r"[.;!?\n]", brief.before(match.start(), 40))[-1] + " ~ "
        if _CPU_DOES.search(near + re.split(r"[.;!?\n]", brief.after(match.end(), 45))[0]):
            return [Candidate(False, *match.span(), 1.5, 0.8)]
    return []


def _is_banned(brief: Brief, start: int, end: int) -> bool:
    """`no unit may buy, rent or otherwise use GPUs`, `the use of graphics cards is prohibited`."""
    if _NOT_PERMITTED.match(brief.after(end, 60)):
        return True
    ahead = _BANNED_BEFORE.search(brief.before(start, 90))
    if ahead is None:
        return False
    return bool(_NO_BAN.search(ahead.group()) or _BANNED_AFTER.match(brief.after(end, 60)))


def _for_other_parts(brief: Brief, wanted: Candidate, refused: Candidate) -> bool:
    """Whether one is said of training and the other of answering."""
    one, other = (
        [bool(scope.search(_part_of(brief, each))) for scope in _SCOPES] for each in (wanted, refused)
    )
    return sum(one) == sum(other) == 1 and one != other


def _part_of(brief: Brief, each: Candidate) -> str:
    before = re.split(r"[,;:.!?\n]|\bbut\b|\band\b", brief.before(each.start, 60))[-1]
    return before + re.split(r"[,;.!?\n]|\bbut\b|\band\b", brief.after(each.end, 60))[0]


def _is_wanted(brief: Brief, start: int, end: int) -> bool:
    statement = brief.statement_at(start)
    if background.is_background(brief, statement) or background.is_question(statement):
        return False
    if _OWNED_BY_OTHERS.search(brief.before(start, 60)):
        return False
    if _FOR_OTHERS.match(brief.after(end, 40)):
        return False
    if _IN_PASSING.search(brief.before(start, 25)) or _IN_PASSING_AFTER.match(brief.after(end, 30)):
        return False
    if _ELSEWHERE.search(brief.before(start, 40) + " ~ " + re.split(r"[.;!?\n]", brief.after(end, 60))[0]):
        return False
    clause = (
        re.split(r"[;:.!?\n]", brief.before(start, 60))[-1] + re.split(r"[;.!?\n]", brief.after(end, 60))[0]
    )
    return not _OPTIONAL.search(_OR_BETTER.sub(" ", clause))
