"""What a caller sends, and who the caller is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..config import Config
from ..passages import EVERYONE
from ..stores.port import Scope

_GROUP = re.compile(r"[A-Za-z0-9_.:@/-]{1,100}")
_MOST_GROUPS = 50


class AskRequest(BaseModel):
    """A question, and how the search is narrowed."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1)
    filters: dict[str, str] = {}
    stream: bool = False
    """Server-sent events instead of one JSON object; the header `accept: text/event-stream` says the same."""


class FeedbackRequest(BaseModel):
    """What a reader thinks of an answer."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    verdict: Literal["helpful", "wrong", "incomplete", "harmful"]
    comment: str = Field(default="", max_length=1000)


class BadQuestion(Exception):
    """The request cannot be answered as it is; the message says why."""


def scope_of(request: AskRequest, headers: Mapping[str, str], config: Config) -> Scope:
    """Who asks, by the header that the gateway sets, and the filters that are allowed.

    While no gateway is named, nobody believes what callers say of themselves.

    Raises:
        BadQuestion: the question is too long, or a filter is not known.
    """
    limits = config.limits
    if len(request.question) > limits.question_characters:
        raise BadQuestion(f"A question may have {limits.question_characters} characters.")
    unknown = sorted(set(request.filters) - set(config.retrieve.filters))
    if unknown:
        raise BadQuestion(f"There is no filter {unknown[0]!r}.")
    named = headers.get(limits.groups_header, "") if limits.groups_header else ""
    groups = [group.strip() for group in named.split(",") if _GROUP.fullmatch(group.strip())]
    return Scope((EVERYONE, *groups[:_MOST_GROUPS]), dict(request.filters))
