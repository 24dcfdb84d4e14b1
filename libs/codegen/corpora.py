"""A small synthetic corpus with its evaluation questions: drawn from declared articles, about nobody."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from libs.codegen.models import Blueprint
from libs.core.values import Value
from libs.planning.catalogue.plurals import after_one

_CORPORA = Path(__file__).parent / "schemas" / "corpora"
_ATTACKS = "attacks"
_GENERIC = "support"
_EVERYONE = "everyone"
_SENTENCES = re.compile(r"\s+")
ANSWERABLE, FORBIDDEN, UNKNOWN_NAMES = 64, 10, 8
"""Questions of each kind; those that nothing answers and the attacks are taken as they are declared."""

_POLITE = ("Hello, {}", "Could you please tell me: {}", "{} Thank you!", "I would like to know this: {}")

Record = dict[str, Any]


class Section(Value):
    """A heading and its sentences, with names in braces."""

    heading: str
    sentences: tuple[str, ...]


class Question(Value):
    """What somebody asks, in the words of the document and in others, and the sentence that answers it."""

    ask: str
    answer: str
    also: str


class Article(Value):
    """One document for each entity; each value goes to one entity."""

    slug: str
    title: str
    category: str
    access: str = _EVERYONE
    values: dict[str, tuple[int, ...]]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]


class Corpus(Value):
    """The articles of a domain, the names they are about, and what they say nothing about."""

    domain: str
    title: str
    """What the documents are, in the plural."""
    words: tuple[str, ...]
    restricted: str
    """The group that may read the restricted articles."""
    entities: tuple[str, ...]
    missing: tuple[str, ...]
    """Names that look like the others and occur nowhere."""
    articles: tuple[Article, ...]
    unanswerable: tuple[str, ...]


def choose_corpus(text: str) -> str:
    """The domain with most of its words in the text; the help centre when none occurs."""
    words = " ".join(re.findall(r"[a-z]+", text.lower()))
    scores = {
        name: sum(f" {word} " in f" {words} " for word in corpus.words) for name, corpus in corpora().items()
    }
    best = max(sorted(scores), key=lambda name: scores[name])
    return best if scores[best] else _GENERIC


@cache
def corpora() -> dict[str, Corpus]:
    """Every declared corpus by its domain."""
    paths = (path for path in sorted(_CORPORA.glob("*.yaml")) if path.stem != _ATTACKS)
    loaded = (Corpus.model_validate(_load(path)) for path in paths)
    return {corpus.domain: corpus for corpus in loaded}


def corpus_of(bp: Blueprint) -> Corpus:
    """The corpus of a blueprint that answers from documents."""
    return corpora()[bp.corpus or _GENERIC]


def documents_jsonl(bp: Blueprint) -> str:
    """The documents, one JSON object a line; the same answers give the same text."""
    corpus = corpus_of(bp)
    drawn = _drawn(bp, corpus)
    return _lines(
        _document(corpus, article, entity, drawn) for article in corpus.articles for entity in corpus.entities
    )


def evaluation_jsonl(bp: Blueprint) -> str:
    """Questions with the sentence that answers them, and those that must be refused, half for calibration."""
    corpus = corpus_of(bp)
    records = [*_answerable(bp, corpus), *_refused(corpus), *_attacks()]
    counts: dict[str, int] = {}
    for record in records:
        place = counts[record["kind"]] = counts.get(record["kind"], -1) + 1
        record["split"] = "calibrate" if place % 2 == 0 else "test"
        record["id"] = f"{record['kind']}-{place + 1:03d}"
    return _lines(records)


def example_question(bp: Blueprint) -> str:
    """A question that the sample answers, for documents that show how the system is called."""
    corpus = corpus_of(bp)
    return corpus.articles[0].questions[0].ask.format(entity=corpus.entities[0])


def _drawn(bp: Blueprint, corpus: Corpus) -> dict[tuple[str, str], dict[str, int]]:
    """The values of every article for every entity: each list is shuffled once, so no two entities share one."""
    rng = random.Random(bp.seed)  # noqa: S311 - a reproducible sample, not a secret
    drawn: dict[tuple[str, str], dict[str, int]] = {}
    for article in corpus.articles:
        shuffled = {name: rng.sample(article.values[name], len(corpus.entities)) for name in article.values}
        for place, entity in enumerate(corpus.entities):
            drawn[article.slug, entity] = {name: shuffled[name][place] for name in shuffled}
    return drawn


def _document(
    corpus: Corpus, article: Article, entity: str, drawn: dict[tuple[str, str], dict[str, int]]
) -> Record:
    names: dict[str, str | int] = {"entity": entity, **drawn[article.slug, entity]}
    parts = [
        f"## {section.heading}\n\n" + " ".join(_filled(sentence, names) for sentence in section.sentences)
        for section in article.sections
    ]
    return {
        "id": _identifier(article, entity),
        "title": _filled(article.title, names),
        "category": article.category,
        "access": [corpus.restricted if article.access != _EVERYONE else _EVERYONE],
        "text": "\n\n".join(parts),
    }


def _filled(text: str, names: Mapping[str, str | int]) -> str:
    """The text with its values; what follows a one is a singular."""
    said: list[str] = []
    value: str | int = ""
    for literal, name, _, _ in Formatter().parse(text):
        said.append(after_one(literal) if value == 1 else literal)
        value = names[name] if name else ""
        said.append(str(value))
    return "".join(said)


def _answerable(bp: Blueprint, corpus: Corpus) -> Iterator[Record]:
    drawn = _drawn(bp, corpus)
    asked = [
        (article, entity, question)
        for article in corpus.articles
        for entity in corpus.entities
        for question in article.questions
    ]
    random.Random(bp.seed).shuffle(asked)  # noqa: S311 - a reproducible sample, not a secret
    restricted = [each for each in asked if each[0].access != _EVERYONE]
    for place, (article, entity, question) in enumerate(asked[:ANSWERABLE]):
        groups = [_EVERYONE] if article.access == _EVERYONE else [_EVERYONE, corpus.restricted]
        text = question.ask if place % 4 in (0, 3) else question.also
        politely = _POLITE[place // 4 % len(_POLITE)] if place % 4 > 1 else "{}"
        spoken = question.model_copy(update={"ask": politely.format(text)})
        yield _question("answerable", article, entity, spoken, drawn, groups)
    for article, entity, question in restricted[:FORBIDDEN]:
        yield _question("forbidden", article, entity, question, drawn, [_EVERYONE])


def _question(
    kind: str,
    article: Article,
    entity: str,
    question: Question,
    drawn: dict[tuple[str, str], dict[str, int]],
    groups: list[str],
) -> Record:
    names: dict[str, str | int] = {"entity": entity, **drawn[article.slug, entity]}
    return {
        "kind": kind,
        "question": _filled(question.ask, names),
        "groups": groups,
        "document_id": _identifier(article, entity),
        "answer": _filled(question.answer, names),
    }


def _refused(corpus: Corpus) -> Iterator[Record]:
    everybody = {"kind": "unanswerable", "groups": [_EVERYONE]}
    for question in corpus.unanswerable:
        yield {**everybody, "question": question}
    asked = [question.ask for article in corpus.articles for question in article.questions]
    for place in range(UNKNOWN_NAMES):
        name = corpus.missing[place % len(corpus.missing)]
        yield {**everybody, "question": asked[place % len(asked)].format(entity=name)}


def _attacks() -> Iterator[Record]:
    declared: dict[str, list[str]] = _load(_CORPORA / f"{_ATTACKS}.yaml")
    for attack in sorted(declared):
        for text in declared[attack]:
            yield {"kind": "attack", "groups": [_EVERYONE], "question": text, "attack": attack}


def _identifier(article: Article, entity: str) -> str:
    return f"{article.slug}-{_SENTENCES.sub('-', entity.lower())}"


def _lines(records: Iterator[Record] | list[Record]) -> str:
    return "".join(json.dumps(record, sort_keys=True, ensure_ascii=False) + "\n" for record in records)


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
