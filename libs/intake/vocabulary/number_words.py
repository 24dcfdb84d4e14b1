"""Numbers written as words, in English, German, French and Spanish, folded."""

_EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DE_ONES = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "funf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwolf",
    "dreizehn",
    "vierzehn",
    "funfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_DE_TENS = ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_FR_ONES = [
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FR_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]
_ES_ONES = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidos",
    "veintitres",
    "veinticuatro",
    "veinticinco",
    "veintiseis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_ES_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]


def _numbered(words: list[str], first: int = 0, step: int = 1) -> dict[str, float]:
    return {word: float(first + step * place) for place, word in enumerate(words)}


def _german() -> dict[str, float]:
    simple = _numbered(_DE_ONES) | _numbered(_DE_TENS, 20, 10)
    joined = {
        f"{one}und{ten}": tens + ones
        for ten, tens in _numbered(_DE_TENS, 20, 10).items()
        for one, ones in _numbered(_DE_ONES).items()
        if 1 <= ones <= 9
    }
    scaled = {
        f"{word}{scale}": value * factor
        for scale, factor in (("hundert", 100.0), ("tausend", 1000.0))
        for word, value in simple.items()
        if value
    }
    return simple | joined | scaled | {"eine": 1.0, "einen": 1.0, "einem": 1.0, "einer": 1.0, "eins": 1.0}


UNITS: dict[str, dict[str, float]] = {
    "en": _numbered(_EN_ONES) | _numbered(_EN_TENS, 20, 10) | {"dozen": 12.0},
    "de": _german() | {"dutzend": 12.0},
    "fr": _numbered(_FR_ONES)
    | _numbered(_FR_TENS, 20, 10)
    | {
        "une": 1.0,
        "soixante-dix": 70.0,
        "quatre-vingt": 80.0,
        "quatre-vingts": 80.0,
        "quatre-vingt-dix": 90.0,
    },
    "es": _numbered(_ES_ONES) | _numbered(_ES_TENS, 30, 10) | {"un": 1.0, "una": 1.0},
}

SCALES: dict[str, float] = {
    "hundred": 1e2,
    "hundert": 1e2,
    "cent": 1e2,
    "cents": 1e2,
    "cien": 1e2,
    "ciento": 1e2,
    "thousand": 1e3,
    "thousands": 1e3,
    "grand": 1e3,
    "tausend": 1e3,
    "tsd": 1e3,
    "mille": 1e3,
    "mil": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "millionen": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "millon": 1e6,
    "millones": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "milliarde": 1e9,
    "milliarden": 1e9,
    "milliard": 1e9,
    "milliards": 1e9,
}
"""`cent` counts only in French, see `numbers`."""

IDIOMS: dict[str, float] = {
    r"half an?": 0.5,
    r"a half": 0.5,
    r"(?:a )?quarter of an?": 0.25,
    r"three quarters of an?": 0.75,
    r"one and a half": 1.5,
    r"an? and a half": 1.5,
    r"a couple(?: of)?": 2.0,
    r"(?:an?|one) (?=hundred|thousand|million|billion|dozen)": 1.0,
    r"eine[rn]? halbe[nrs]?": 0.5,
    r"ein(?:e[nrm]?)? viertel": 0.25,
    r"anderthalb|eineinhalb": 1.5,
    r"medio|media": 0.5,
    r"une? demie?-?": 0.5,
}
