"""Instructions to the system inside a brief: they are data, noted and never obeyed."""

import re
from dataclasses import dataclass
from itertools import pairwise

_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|overrule)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|"
    r"guidelines|"
    r"requirements above|everything above|the above)"
    r"|\bnote to (?:the |any )?(?:ai|llm|assistant|model|planning system|planner|system|agent|bot)\b"
    r"|\b(?:system|developer) (?:prompt|message)\s*:"
    r"|^[ >*#-]*(?:system|assistant)\s*:"
    r"|\byou are (?:now |no longer )(?:an? |the |in )"
    r"|\b(?:instructions?|message|hinweis|anweisung|instruccion|istruzioni?|instrucoes|consignes?|"
    r"directive|orden|mensaje)\b"
    r"(?: [a-z]+){0,2} (?:to|for|a|an|fur|para|pour|per|al?|voor|aan) "
    r"(?:(?:the|any|all|l'|la|le|die|das|den|el|il|o|de) ?)?"
    r"(?:ai|ia|ki|llms?|assistant\w*|asistente|assistente|assistent\w*|sprachmodell\w*|planner|chatbot|"
    r"bot)\b[^.\n]{0,20}:"
    r"|(?:[#=*<\[-]{2}|\") ?(?:end of (?:data|document|input|brief|user input)|fin des donnees|"
    r"ende der daten|"
    r"fin de los datos|fine dei dati|fim dos dados|einde (?:van de )?(?:data|gegevens))\b"
    r"|\b(?:annule[rz]?|annulla\w*|anula\w*|cancel|discard|verwirf|streiche|negeer)\b[^.\n]{0,40}"
    r"\b(?:ci-dessus|above|oben|anteriores?|precedent\w*|arriba|acima|hierboven)\b"
    r"|\b(?:reply|respond|answer|output) (?:only|exclusively|just) with\b\W{0,3}[{\"'<\[]"
    r"|\b(?:note|notice|attention|instructions?|message|hinweis|nota|aviso|avis)\b[^.\n]{0,30}\b(?:ai|ia|"
    r"ki|llms?|gpt|agents?|"
    r"sprachmodell|language model|modele de langage|modelo de lenguaje)\b[^.\n]{0,20}[:,]"
    r"|\b(?:for|to|an|fur|para|pour|al?|a l'attention de) (?:(?:the|any|all|every|l'|la|le|die|das|den|el|"
    r"automated) ?){0,2}"
    r"(?:ai|ia|ki|llms?|language models?|assistant|sprachmodell\w*)\b(?: (?:model|models|agents?|"
    r"assistant|system)s?)?"
    r"(?: reading|,? (?:that|which|who|qui|que|die|der|das) (?:reads?|process\w*|pars\w*|analy[sz]\w*|lit|"
    r"lee|analiza|diese?n?))"
    r"|\b(?:ignore|disregard|forget|override|ignorier\w*|ignor\w+|vergiss|oubli\w+|"
    r"olvid\w+)\b[^.\n]{0,40}\b(?:surrounding|"
    r"vorherig\w*|bisherig\w*|precedent\w*|anterior\w*|ci-dessus|de arriba)\b"
    r"|\b(?:print|reveal|show|output|send|post|expose)\b[^.\n]{0,30}\b(?:system prompt|"
    r"environment variables|secrets?|api keys?)\b"
    r"|\bdo not (?:show|display)\b[^.\n]{0,20}\b(?:comment|note|this)\b|\btell the user\b"
    r"|\bdo not (?:mention|reveal|disclose|tell)\b[^.\n]{0,30}\b(?:note|instruction|message|prompt|text)"
    r"|\bignorier\w*\b[^.\n]{0,40}\b(?:anweisung|vorgabe|regel)\w*"
    r"|\bignor\w*\b[^.\n]{0,40}\b(?:instrucci|instruction|consigne)\w*",
    re.MULTILINE,
)
_STEERING = re.compile(
    r"\b(?:skip|bypass|disable|avoid|suppress)\b[^.\n]{0,40}\b(?:approvals?|gates?|reviews?|checks?|"
    r"policy|policies|validation)\b"
    r"|\bwithout (?:any |human |further )*(?:approval|review)\b"
    r"|\b(?:approve|accept) (?:this|it|the plan|everything|yourself|automatically)\b[^.\n]{0,40}"
    r"\b(?:automatically|yourself|without|immediately|now)\b"
    r"|\bmark\b[^.\n]{0,40}\bas (?:approved|passed|compliant)\b"
    r"|(?:(?<=\bset )|\b(?=[a-z0-9_]*(?:approv|gate|skip|bypass|review|polic|check|admin|overrid|valid|"
    r"guard|trust|auto)))"
    r"[a-z]{2,}(?:_[a-z0-9]+)+\s*=\s*\S+"
    r"|\"approved\"\s*:\s*true|\b(?:curl|wget)\b[^\n|]{0,200}\|\s*(?:ba|z)?sh\b"
)
_ENCLOSED = re.compile(
    r"«[^«»]{0,2000}»|<!--.*?(?:-->|\Z)|^```.*?(?:^```|\Z)|\[[^\[\]]{0,2000}\]|\([^()]{0,2000}\)|"
    r"\"[^\"]{0,2000}\"",
    re.DOTALL | re.MULTILINE,
)
"""Comments, fenced blocks, brackets and quotations: who speaks to the system in one of them fills all of it."""
_QUOTED_LINES = re.compile(r"(?:^[ ]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_RULER = re.compile(r"^[ ]*(?:-{4,}|={4,}|\*{4,}|_{4,}|'{3,}|~{3,})[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch of folded text that speaks to the system instead of describing a need."""

    start: int
    end: int


def foreign_stretches(
    text: str, statements: list[tuple[int, int]], paragraphs: list[tuple[int, int]]
) -> list[Foreign]:
    """What is to be left unread, in order, without overlaps."""
    blocks = _ruled_blocks(text)
    addressed = [_reach(*match.span(), statements, paragraphs, blocks) for match in _ADDRESSED.finditer(text)]
    steering = [_within(*match.span(), statements) for match in _STEERING.finditer(text)]
    return _joined(addressed + steering)


def _ruled_blocks(text: str) -> list[tuple[int, int]]:
    rulers = [match.span() for match in _RULER.finditer(text)]
    enclosed = [match.span() for match in _ENCLOSED.finditer(text)]
    quoted = [match.span() for match in _QUOTED_LINES.finditer(text)]
    return [*enclosed, *quoted, *((first[0], second[1]) for first, second in pairwise(rulers))]


def _reach(
    start: int,
    end: int,
    statements: list[tuple[int, int]],
    paragraphs: list[tuple[int, int]],
    blocks: list[tuple[int, int]],
) -> Foreign:
    for block in blocks:
        if block[0] <= start < block[1]:
            return Foreign(*block)
    own = _within(start, end, statements)
    for first, last in paragraphs:
        # A paragraph that opens by addressing the system has no other purpose.
        if first <= start < last and own.start <= first + 2 and len(paragraphs) > 1:
            return Foreign(first, last)
    return own


def _within(start: int, end: int, statements: list[tuple[int, int]]) -> Foreign:
    touched = [span for span in statements if span[0] < end and span[1] > start]
    if not touched:
        return Foreign(start, end)
    return Foreign(touched[0][0], touched[-1][1])


def _joined(found: list[Foreign]) -> list[Foreign]:
    joined: list[Foreign] = []
    for item in sorted(found, key=lambda each: (each.start, each.end)):
        if joined and item.start <= joined[-1].end:
            joined[-1] = Foreign(joined[-1].start, max(joined[-1].end, item.end))
        else:
            joined.append(item)
    return joined
