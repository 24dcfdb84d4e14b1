"""Decides whether a place that is named is where the system is to live, or only where people and things are."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief, Statement
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_LATER = cues.pattern("places.later")
_HOSTING = expression(rf"\b(?:{cues.words('regions.hosting')})\b")
_ELSEWHERE = expression(rf"\b(?:{cues.words('regions.elsewhere')})\b")
_STEM = expression(
    r"(?:host(?:ed|ing|er)|gehostet|aloj(?:a|e|o)\w*|heberg\w*|ospit(?:a|ar|at)\w*|hosped(?:a|e)\w*|"
    r"servidor\w*|serveurs?|servern?|datacent\w*|data ?cent\w*|rechenzentr\w*|centro de datos|"
    r"centre de donnees|"
    r"datacentrum|cpd|racks?|cloudregion|residen[tc]\w*|speicherort|serverstandort|datenhaltung)(?![a-z])"
)
"""Words that speak of nothing else than of where machines or data are, in any inflection."""
_LIVES_HERE = expression(
    r"\b(?:sits?|stays?|lives?|runs?|remains?|kept|stored|hosted|processed|located|deployed|reside[sd]?|"
    r"(?:must|has to|have to|needs? to|should|can|may|shall|will|to) (?:only )?(?:be|go|run|live|sit|stay)|"
    r"(?:everything|all|it|that|data|ours?|stack|infrastructure|platform|machines|servers) (?:is|are)|"
    r"steh(?:t|en)|lauf(?:t|en)|lieg(?:t|en)|bleib(?:t|en)|betrieben|muss|mussen|soll|sollen|darf|durfen|"
    r"(?:debe|deben|tiene que|tienen que|ha de|han de) (?:estar|quedar\w*|correr|permanecer|ir)|"
    r"(?:doit|doivent|devra|devront) (?:etre|rester|tourner|se trouver)|"
    r"(?:deve|devono|dovra|devem) (?:stare|restare|girare|essere|ficar|estar|rodar|permanecer)|"
    r"(?:moet|moeten) (?:\w+ )?(?:staan|blijven|draaien)?|rest(?:e|ent|er)|queda|quedan|resta|restano|fica|"
    r"ficam|"
    r"blijft|blijven|staat|staan|draait)"
    r"(?: (?:only|all|both|hosted|stored|kept|processed|run|running|located|deployed|put|somewhere|"
    r"physically|anyway|"
    r"entirely|exclusively|it|this|there|always|also|us|so|"
    r"wirklich|auch|nur|alles|gehostet|gespeichert|siempre|solo|toujours|bien|sempre|altijd|die|"
    r"in place)){0,2}? (?:within|inside|in|at|on|from|innerhalb|im|en|"
    r"dentro de|a|"
    r"au|aux|em|no|na|binnen|dans) "
    r"(?:the |our |der |den |la |el |le |les |l')?(?:[\w-]+(?: [\w-]+)?,? (?:or|and|oder|und|o|ou|y|et|e|"
    r"en|of) )?$"
)
_ASKED_FOR = expression(
    r"\s*(?:,? ?(?:please|pls|plz|bitte|por favor|s'il (?:vous|te) plait|per favore|graag)|"
    r"or nothing|or else|only\b|alone\b|region\b|soil\b|account\b|data ?cent|if possible|preferred|it is\b|"
    r"\(?(?:region|data ?cent\w*)\)?|"
    r"(?:come|comme|como|als|as) (?:our |the |a )?(?:sede|site|sitio|standort|ort|location|region|lieu|"
    r"host|home)\b)"
)
_ASKING_BEFORE = expression(
    r"(?:\b(?:so|hence|therefore|thus|also|deshalb|daher|donc|por eso|quindi|dus|prefer(?:ably)?|preferred|"
    r"decided|"
    r"decision|chosen|outcome|agreed|region|regions|location|place|site|hosting|where)\s*:?\s*(?:in |on |"
    r"is |it's )?"
    r"|\b(?:please|pls|bitte|ideally|preferably|at best|am liebsten|bevorzugt|idealerweise|de preference|"
    r"idealement|"
    r"preferiblemente|idealmente|a poder ser|preferibilmente|liefst|(?:aber|but|mais|pero) (?:please|bitte|"
    r"svp)|otherwise|else|sonst|"
    r"sinon|si no|altrimenti|anders) (?:halt |only |nur |both )?(?:in|en|a|au|dans|within|inside|innerhalb|"
    r"dentro de|nei?|no)\b ?"
    r"(?:the |der |den |la |el |l')?"
    r"|\b(?:only|nur|nur halt|solo|uniquement|alleen|solamente|exclusively) (?:in |en |a |within |inside |"
    r"innerhalb |dentro de |dans )?"
    r"|\b(?:must|has to be|have to be) (?:in|within|inside) )(?:the )?$"
)
_BY_PROVIDER = expression(
    r"\b(?:aws|amazon|azure|gcp|google(?: cloud)?|cloud|provider|hetzner|ovh|on-?prem\w*)\b"
    r"(?:[,:;/ (-]|\bin\b|\bregion\b|\ben\b|\ba\b|\bat\b|\bof\b|\bthe\b|\bour\b|\bfrom\b|\bde\b|\beurope\b)*$"
)
_OF_PEOPLE = expression(
    r"\b(?:ship(?:s|ped|ping)?|sell(?:s|ing)?|deliver\w*|between|users?|customers?|clients?|sellers?|buyers?|"
    r"students?|"
    r"patients?|fly|flights?|visit\w*|travel\w*|from|hello from|greetings from|near|nahe|cerca de|born|made|"
    r"offices?|shops?|stores?|branches|zones?|hotels?|farms?|plants?|clinics?|hospitals?|restaurants?|"
    r"employees|"
    r"based|gentleman|people|vans?|meet\w*|conference|holiday|producer|producers?|company|firm|cooperative|"
    r"warehouses?|depots?|factor(?:y|ies)|wharf|port|market|kunden|filialen|standorte|werke?|tiendas|"
    r"clientes|"
    r"magasins|usines?|boutiques?|negozi|lojas|winkels|consultants?|competitors?|wines?|suppliers?|born)\b"
    r"(?:(?!\b(?:host\w*|data|servers?|stor\w+|leav\w+|stay\w*|must)\b)[^.;:,]){0,40}$"
)
_PEOPLE_ARE = expression(
    r"\b(?:parent(?: company)?|headquarters|hq|head office|holding|owners?|board|management|group|firm|"
    r"company|lab|lawyers?|bank|"
    r"insurer|hospital|team|colleagues|customers|users|clients|office|boss|we|i|they|mutterhaus|zentrale|"
    r"kunden|bank|"
    r"siege|maison mere|matriz|sede central) (?:itself |all |both )?(?:sits?|is|are|am|lives?|stays?|sitzt|"
    r"ist|sind|lebt|est|sont|"
    r"esta|estan|es) (?:in|at|near|en|a|im) (?:the )?$"
)
"""`our parent sits in Tokyo`, `the bank is in Frankfurt`."""
_FROM_THERE = expression(r"\s+aus\b(?! (?:gehostet|verarbeitet))")
"""`von Wien aus betrieben`: the people are there."""
_SO_THE_SERVERS = expression(
    r"\s*,? (?:and|und|et|y) (?:so|there|dort|da|alli|la) (?:must|should|shall|are|do|have to|mussen|"
    r"sollen|doivent|deben)\b"
)
_BANK_IN = expression(
    r"\b(?:bank|insurer|insurance company|insurance|hospital|clinic|company|firm|start-?up|business|shop|"
    r"retailer|broker|lender|"
    r"school|university|museum|bakery|brewery|hotel|restaurant|manufacturer|publisher|agency|dealer|"
    r"carrier|authority|ministry|"
    r"city council|municipality|fintech|telco|utility|cooperative|airport|port|practice|pharmacy|"
    r"supermarket|chain|newspaper|"
    r"versicherer|versicherung|sparkasse|krankenhaus|klinik|unternehmen|firma|betrieb|handler|verlag|"
    r"praxis|kanzlei|stadtwerke|"
    r"banque|assureur|hopital|entreprise|societe|mairie|boutique|banco|aseguradora|empresa|ayuntamiento|"
    r"tienda|banca|azienda|"
    r"negozio|ospedale|empresa|loja|bedrijf|winkel|ziekenhuis)s?,? (?:based |located |headquartered |"
    r"situated |mit sitz )?"
    r"(?:in|near|from|of|outside|aus|bei|in der nahe von|a|de|en|di|em|te|uit|pres de|cerca de|,|"
    r"\()\s*(?:the |la |le |der |den )?$"
)
"""`a bank in Frankfurt` says where the bank is."""
_WE_ARE = expression(
    r"\b(?:we are|we're|i am|i'm|wir sind|ich bin|nous sommes|somos|soy|siamo|sono|we zijn|ik ben|"
    r"sou)\b(?! (?:on|at|with|"
    r"in)\b)[^.;:]{0,45}$"
)
_PAST = expression(
    r"\b(?:was|were|used to be|thought (?:of|about)|considered|looked at|originally|initially|at first|war|"
    r"waren|"
    r"etait|etaient|estaba|era|stava|zaten)\b[^.;:,]{0,15}$"
)
_UNTIL = expression(
    r"\s*(?:until|till|bis|jusqu|hasta|fino|tot) (?:last|20\d\d|now|recently|en |l'|el |a |vorig|letzte)"
)
_TURN = expression(
    r"[,;] (?:but|and|so|although|though|while|aber|und|pero|mais|ma|maar|mas) |\b(?:but|aber|pero|mais)\b"
)
_ONLY = expression(r"^\s*(?:[-*>|•]\s*)?(?:[a-z ]{1,20}[:|]\s*)?[\w\s,.&+/()'-]{0,40}$")
_EVERYTHING = expression(
    r"\b(?:everything|all of it|it all|the lot|alles|tout|todo|tutto|tudo|data|daten|donnees|datos|"
    r"dati|dados|gegevens)"
    r" (?:is|are|ist|sind|est|sont|esta|estan|sono|e|sao|zijn) (?:\w+ )?(?:in|en|a|im|em) (?:the |der |"
    r"den |la |les |il )?$"
)
_LINE_OF_HOSTING = expression(
    r"\s*[-*>|#\d.)]*\s*(?:topic \d+, )?\**(?:hosting|hosted|host|regions?|location|where|standort|"
    r"hebergement|"
    r"alojamiento|sede|ubicacion|place|region/[a-z]+|site|residency|geo|zone|"
    r"hospedagem|dr|disaster recovery|datacent\w+|cloud|platform|infra\w*|dove|donde|ou|wo|onde|"
    r"waar)\**\s*(?:[:|=-]|\.{3,})"
)
_OPENS = expression(
    r"\s*[-*>#•·|]*\s*(?:either )?(?:[a-z]+(?: [a-z]+)? (?:or|and|oder|und|o|y|ou|et|of|en|e)\s+)?"
)
"""A statement that opens with a place, or with two of them."""
_NOT_LEFT = expression(
    r"[a-z-]+(?: [a-z-]+)? (?:\w+ ){0,4}?(?:nicht|nie|niemals|keinesfalls|keinen umstanden|niet|"
    r"nooit) (?:\w+ )?"
    r"(?:verlassen|verlaten|uberschreiten)\b"
)
"""In German and Dutch the verb comes last: `die Schweiz nicht verlassen`."""
_SOMETHING_IN = expression(
    r"\b(?:our|the|an?|my|some|unsere?[nm]?|die|der|das|ein|eine|notre|nos|le|la|les|une?|nuestr\w+|el|los|"
    r"las|una|il|"
    r"nossa|nosso|onze|het|de) "
    r"(?:[a-z-]+ )?(?!(?:regions?|account|bucket|cluster|racks?|vpc|cloud|place|region|servers?|stack|"
    r"whole|thing|lot)\b)"
    r"[a-z-]+ (?:in|near|at|outside|around|en|a|bei|von|of|nahe|pres de|vicino a|em|te) (?:the )?$"
)
"""`our bakery in Lyon`: something stands there."""
_VERB_OF_ELSE = expression(
    r"\b(?:we|our|my|his|her|wir|unsere?|nous|notre|nos|nuestr\w+|the|los|las|les|the \w+|an?) (?!eu\b|"
    r"us\b|uk\b|cloud\b|"
    r"region\b|data\b|servers?\b|same\b)[a-z]+|\b(?:needs?|has|have|wants?|makes?|sells?|opens?|starts?)\b"
)
_ENDS = expression(
    r"\s*(?:[,.;:!?)(/+&|-]|$|\n|or\b|oder\b|o\b|ou\b|and (?:nothing|nowhere)|is (?:fine|ok|where)|would|"
    r"for\b|because)"
)
_ANYWHERE_BUT = expression(
    r"\b(?:except|but not|not|menos|salvo|excepto|sauf|ausser|tranne|behalve|exceto)(?: in| en| aux| nei|"
    r" negli| nos| im)?"
    r"(?: the| los| den| les)?\s+$"
)
_IS = expression(r"\b(?:which|that|it|this) (?:is|means|would be)(?: in)?\s+$")
_ASKS_WHERE = expression(
    r"\b(?:where|which region|region|hosting|host(?:ed)?|location|wo\b|donde|ou (?:est|doit|faut|"
    r"heberg\w*)|dove|waar|"
    r"onde|standort|data ?cent\w*)[^?\n]{0,50}\?"
)
_WEAK_HOSTING = expression(r"\b(?:host\w*|regions?|stays?|must|remain\w*|leave|data|servers?|stored)\b")


def weight(brief: Brief, start: int, end: int) -> float | None:
    """1 where the place is meant for hosting, 0 where it is ruled out, None where it is only mentioned."""
    statement = brief.statement_at(start)
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        return None
    if background.is_open_at(brief, start) or (
        background.is_question(statement) and "??" not in statement.text
    ):
        return None
    if negation.is_negated(brief, start, end) and not keeps_inside(brief, start):
        return 0.0
    before, after = brief.before(start, 70), brief.after(end, 40)
    if _LATER.search(after) and not _LATER.search(before):
        return 0.0
    clause = _TURN.split(before)[-1]
    if _ANYWHERE_BUT.search(before):
        return 0.0
    if is_past(brief, start, end):
        return 0.4
    if (
        _PEOPLE_ARE.search(clause) or _BANK_IN.search(clause) or _FROM_THERE.match(after)
    ) and not _SO_THE_SERVERS.match(after):
        return None
    if _LIVES_HERE.search(clause):
        return 1.0
    if _OF_PEOPLE.search(clause) or (_WE_ARE.search(clause) and not _WEAK_HOSTING.search(clause)):
        return None
    if _ASKED_FOR.match(after) or _ASKING_BEFORE.search(clause) or _BY_PROVIDER.search(clause):
        return 1.0
    if _IS.search(clause) and _LINE_OF_HOSTING.match(brief.paragraph_text(statement)):
        return 1.0
    if _answers_where(brief, statement):
        return 1.0
    near = before + after
    if re.match(r"\s*(?:only|alone|region\b|soil|account|data ?cent)", after) or re.search(
        r"\bonly (?:in |from )?(?:the )?$|\b(?:sit|sits|live|lives) in $|\bregions?\W{0,3}(?:is |in |"
        r"of )?$",
        before,
    ):
        return 1.0
    if _STEM.search(clause) or _STEM.search(after):
        return 1.0
    if _ELSEWHERE.search(near) and not _WEAK_HOSTING.search(near):
        return None
    if _HOSTING.search(near) or _EVERYTHING.search(before):
        return 1.0
    line = brief.text[brief.text.rfind("\n", 0, start) + 1 : start]
    if _LINE_OF_HOSTING.match(line) or (_OPENS.fullmatch(before) and _ENDS.match(after)):
        return 1.0
    return 1.0 if _stands_alone(brief, statement) and not _SOMETHING_IN.search(clause) else None


def is_past(brief: Brief, start: int, end: int) -> bool:
    """Whether it was there, or was thought of, before."""
    return bool(_PAST.search(_TURN.split(brief.before(start, 70))[-1]) or _UNTIL.match(brief.after(end, 40)))


def is_of_people(brief: Brief, start: int) -> bool:
    """Whether the place is where customers, shops or the writers are."""
    return bool(_OF_PEOPLE.search(_TURN.split(brief.before(start, 70))[-1]))


def keeps_inside(brief: Brief, start: int) -> bool:
    """Whether the negation says that nothing leaves the place."""
    return bool(_NOT_LEFT.match(brief.after(start, 80))) or bool(
        re.search(
            (
                r"\b(?:leav\w+|outside(?: of)?|out of|exit\w*|beyond|verlassen|ausserhalb|salir de|fuera "
                r"de|sortir de|hors de|quitter|uscire d\w*|sair d\w*|verlaten|buiten)\s+(?:of )?(?:the |"
                r"our |l'|la |der |"
                r"die |den |das |il |o |a |de )?$"
            ),
            brief.before(start, 40),
        )
    )


def _answers_where(brief: Brief, statement: Statement) -> bool:
    """A short line of a conversation right behind the question where it is to run."""
    if len(statement.text.split()) > 8:
        return False
    ahead = brief.text[max(0, statement.start - 160) : statement.start].rstrip()
    asked = list(_ASKS_WHERE.finditer(ahead))
    return bool(asked) and len(ahead) - asked[-1].end() < 40


def _stands_alone(brief: Brief, statement: Statement) -> bool:
    """A statement of a few words that is about nothing but places."""
    if _VERB_OF_ELSE.search(statement.text):
        return False
    return (
        len(statement.text.split()) <= 7
        and bool(_ONLY.match(statement.text.rstrip(" .;!\n")))
        and not _ELSEWHERE.search(statement.text)
    )
