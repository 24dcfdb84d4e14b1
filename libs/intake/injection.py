"""Instructions to the system inside a brief: they are data, noted and never obeyed."""

import re
from dataclasses import dataclass
from itertools import pairwise

_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|discard|forget|override|overrule)\b[^.\n]{0,40}\b(?:instructions?|"
    r"(?:customer|user|client|author|writer)'?s? (?:figures|values|text|words|requirements|wishes|brief|"
    r"numbers)|"
    r"prompts?|rules|"
    r"guidelines|"
    r"requirements above|everything above|the above)"
    r"|\bnote to (?:the |any )?(?:ai|llm|assistant|model|planning system|planner|system|agent|bot)\b"
    r"|\b(?:system|developer) (?:prompt|message)\s*:"
    r"|^[ >*#-]*(?:system|assistant)\s*:(?=\s*(?:you\b|ignore|disregard|discard|override|the (?:following|"
    r"user|above|"
    r"previous|assistant|model|planner|ai|agent)\b|from now|new |set |use |always|never|do not|please|"
    r"print|approve))"
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
    r"|\bignor\w*\b[^.\n]{0,40}\b(?:instrucci|instruction|consigne)\w*"
    r"|\b(?:if|when) you(?:'re| are) (?:an? |the )?(?:ai|llm|gpt|bot|language model|assistant|agent|model|"
    r"machine|automated)\b"
    r"|\b(?:falls|wenn) (?:du|sie) (?:eine? )?(?:ki|sprachmodell|assistent|llm)\b"
    r"|\bsi (?:tu es|vous etes|eres|es usted|sei) (?:une? |un )?(?:ia|llm|assistant|asistente|"
    r"modele|modelo)\b|\bse (?:sei|voce e|es) (?:un'? ?|uma )?(?:ia|llm|assistente)\b"
    r"|\bals je een (?:ai|llm|taalmodel|assistent)\b"
    r"|<\|?(?:im_start|system|instructions?|assistant)\|?>|\[/?inst\]|\"role\"\s*:\s*\"system\""
    r"|^[ >*-]*#{2,} ?(?:new )?(?:system|instructions?)\b"
    r"|\b(?:figures?|values?|numbers?|table|text|brief) (?:above|below|before|here) (?:\w+ ){0,2}(?:decoys?|"
    r"fake|placeholders?|not binding)\b"
    r"|\b(?:supersedes?|replaces?|overrides?|voids?) (?:all|any|every|everything) (?:\w+ )?(?:above|earlier|"
    r"previous|prior|other (?:values|instructions|figures))\b"
    r"|\b(?:enter|entering|switch to|in|enable) (?:maintenance|developer|debug|admin|god) mode\b",
    re.MULTILINE,
)
_MACHINE = (
    r"(?:a\.?i\.?|ias?|ki|llms?|(?:large )?language models?|gpt\w*|chatbots?|bots?|assistants?|agents?|"
    r"planners?|parsers?|models?|systems?|"
    r"machines?|sprachmodell\w*|modell|assistent\w*|modeles?(?: de langage)?|modelos?(?: de lenguaje|"
    r" de linguagem)?|modello|"
    r"asistente|assistente|systeme|sistema|taalmodel)(?![a-z])"
)
_CLEARLY_ONE = (
    r"(?:a\.?i\.?|ias?|ki|llms?|(?:large )?language models?|gpt\w*|chatbots?|bots?|assistants?|"
    r"sprachmodell\w*|assistent\w*|"
    r"modele de langage|modelo de (?:lenguaje|linguagem)|asistente|assistente|taalmodel)(?![a-z])"
)
"""What cannot be the model that is to be built, nor the people who plan trucks."""
_TO_IT = (
    r"(?:for|to|an|fur|para|pour|per|voor|aan|all'|al|au|a l'attention d[eu]s? ?|attn\.?|destinado a|"
    r"gericht an)\s?"
    r"(?:(?:the|any|all|every|whichever|whatever|automated|das|die|den|el|la|le|l'|il|lo|o|de|het|du|"
    r"planning) ?){0,2}"
)
_COMMAND = (
    r"(?:please |bitte |por favor |merci de |now )?(?:ignore|disregard|set|use|replace|choose|pick|take|"
    r"output|approve|assume|treat|"
    r"pretend|act|report|setz\w*|nimm|nehmen|verwend\w*|ignorier\w*|nutze\w*|genehmig\w*|utilis\w+|mets|"
    r"prends|remplac\w+|"
    r"approuv\w+|usa|use|elige|pon|ignora|reemplaza|aprueba|imposta|scegli|considera|kies|gebruik|negeer)\b"
)
_SPOKEN_TO = re.compile(
    r"\b(?:important|note|notice|nb|n\.b\.|ps|p\.s\.|hinweis|wichtig|nota|avis|attention|message|memo|"
    r"instructions?|istruzion[ei]|"
    r"instruccion(?:es)?|instrucoes|anweisung\w*|consignes?|opmerking)\b[\s:,-]{0,3}"
    rf"{_TO_IT}(?:{_CLEARLY_ONE}[^.\n:]{{0,40}}:|{_MACHINE}[^.\n:]{{0,40}}: ?{_COMMAND})"
    rf"|(?:^|(?<=[.!?]) )[ >*#\[(/-]{{0,9}}(?:dear|hey|hi|hello|liebe[rs]?|chere?|querid[oa]|car[oa]|"
    rf"beste) {_MACHINE}\s*[,:!]"
    rf"|(?:^|(?<=[.!?]) )[ >*#\[(/-]{{0,9}}{_TO_IT}{_MACHINE}\s*[:,] ?{_COMMAND}"
    rf"|\b{_TO_IT}{_MACHINE} (?:that|which|who|whichever|qui|que|die|das|der|che) (?:\w+ )?(?:read|pars|"
    rf"process|handl|lit|lee|lies|"
    r"verarbeit|legge)\w*"
    rf"|\b(?:to|for) (?:whichever|whatever|any) {_MACHINE} (?:reads|parses|processes|handles)\b"
    rf"|^[ ]*(?:#|//|--|%|;)+ ?{_TO_IT}{_MACHINE} ?:?[ ]*$"
    r"|[\[({<]{1,2} ?/?(?:assistant|system|ai|llm)(?: (?:note|prompt|message))? ?(?::|[\])}>]{2})"
    r"|\bfrom now on,? (?:you|act|answer|respond)\b|\b(?:new|updated|revised|"
    r"real) (?:system )?instructions?\s*:"
    rf"|\bif (?:you are|you're) (?:an? )?(?:automated|automatic) {_MACHINE}",
    re.MULTILINE,
)
"""Who turns to a machine, in the ways in which one turns to a reader."""
_DECLARES = re.compile(
    r"\s*(?:the|our|el|la|le|die|das|der) (?:[a-z]+ )?(?:cloud|budget|region|provider|latency|availability|"
    r"presupuesto|proveedor|"
    r"fournisseur|anbieter|task|team|database|deployment)\b"
)
_OF_INSTRUCTIONS = re.compile(
    r"\b(?:instructions?|prompts?|rules|anweisungen|instrucciones|consignes|istruzioni)\b"
)
_GOES_ON = re.compile(
    r"\s*[-*>•]*\s*(?:and |then |also |instead,? |furthermore,? |now )*(?:set|use|add|print|open|do not|"
    r"don't|"
    r"never|approve|skip|include|pretend|treat|reply|respond|answer|output|send|disable|remove|delete|assume|"
    r"discard|choose|select|apply|act|you|your|the (?:real|true|binding|correct|actual) |setze|verwende|"
    r"nutze|gib|utilise|mets|affiche|usa|pon|establece|imprime|imposta)\b"
)
"""How the next sentence of an instruction to the system begins."""
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|\{#.{0,2000}?#\}|^\[(?://|comment)\]: ?[^\n]*"
    r"|<(\w+)\b[^<>]{0,200}(?:display ?: ?none|visibility ?: ?hidden|(?<!-)color ?: ?(?:#fff(?:fff)?|white|"
    r"transparent)\b|opacity ?: ?0\b|font-size ?: ?0|\bhidden\b)[^<>]{0,200}>"
    r".{0,2000}?(?:</\1>|\Z)",
    re.DOTALL | re.MULTILINE,
)
"""What nobody sees who reads the page."""
_STEERING = re.compile(
    r"\b(?:skip|bypass|disable|avoid|suppress)\b[^.\n]{0,40}\b(?:approvals?|gates?|reviews?|checks?|"
    r"policy|policies|validation)\b"
    r"|\bwithout (?:any |human |further )*(?:approval|review)\b"
    r"|(?<!not )(?<!n't )\b(?:approve|accept) (?:this|it|the plan|everything|yourself|"
    r"automatically)\b[^.\n]{0,40}"
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
    hidden: bool = False
    """It is a comment: whatever it says, no reader of the page was meant to see it."""


def foreign_stretches(
    text: str, statements: list[tuple[int, int]], paragraphs: list[tuple[int, int]]
) -> list[Foreign]:
    """What is to be left unread, in order, without overlaps."""
    blocks = _ruled_blocks(text)
    addressed = [
        _reach(*match.span(), statements, paragraphs, blocks, text)
        for pattern in (_ADDRESSED, _SPOKEN_TO)
        for match in pattern.finditer(text)
    ]
    steering = [_within(*match.span(), statements) for match in _STEERING.finditer(text)]
    hidden = [Foreign(*match.span(), hidden=True) for match in _HIDDEN.finditer(text)]
    return _joined(addressed + steering + hidden)


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
    text: str,
) -> Foreign:
    for block in blocks:
        if block[0] <= start < block[1]:
            return Foreign(*block)
    own = _within(start, end, statements)
    for first, last in paragraphs:
        # A paragraph that opens by addressing the system has no other purpose.
        if first <= start < last and own.start <= first + 2 and len(paragraphs) > 1:
            return Foreign(first, last)
    return _with_what_follows(text, own, statements, paragraphs)


def _with_what_follows(
    text: str, own: Foreign, statements: list[tuple[int, int]], paragraphs: list[tuple[int, int]]
) -> Foreign:
    """An instruction and the sentences of the paragraph by which it goes on."""
    limit = next((last for first, last in paragraphs if first <= own.start < last), own.end)
    end = own.end
    for start, last in statements:
        if end <= start < limit and last <= limit:
            declares = _OF_INSTRUCTIONS.search(text, own.start, own.end) and _DECLARES.match(
                text, start, last
            )
            if not declares and not _GOES_ON.match(text, start, last):
                break
            end = last
    return Foreign(own.start, end)


def _within(start: int, end: int, statements: list[tuple[int, int]]) -> Foreign:
    touched = [span for span in statements if span[0] < end and span[1] > start]
    if not touched:
        return Foreign(start, end)
    return Foreign(touched[0][0], touched[-1][1])


def _joined(found: list[Foreign]) -> list[Foreign]:
    joined: list[Foreign] = []
    for item in sorted(found, key=lambda each: (each.start, each.end)):
        if joined and item.start <= joined[-1].end:
            last = joined[-1]
            joined[-1] = Foreign(last.start, max(last.end, item.end), last.hidden and item.hidden)
        else:
            joined.append(item)
    return joined
