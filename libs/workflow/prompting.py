"""Prompts are versioned files, filled strictly; their hash goes onto the reason card."""

from importlib.resources import files
from typing import Any

import structlog
from jinja2 import Environment, FunctionLoader, StrictUndefined
from pydantic import Field

from libs.core.errors import Unavailable
from libs.core.values import Value, canonical_json, sha256_hex
from libs.llm.port import LanguageModel, ModelRequest
from libs.runs.recorder import Visit

log = structlog.get_logger()

WORDS_LIMIT = 900


class Wording(Value):
    """Words for a decision that is already taken."""

    text: str = Field(max_length=4000)


class Words(Value):
    """The text that is shown, and which prompt helped to write it."""

    text: str
    prompt_sha256: str | None = None
    note: str = ""


class Prompts:
    """Reads `prompts/<node>.md.jinja`; a missing variable is an error."""

    def __init__(self) -> None:
        folder = files("libs.workflow") / "prompts"
        self._sources = {
            entry.name.removesuffix(".md.jinja"): entry.read_text(encoding="utf-8")
            for entry in folder.iterdir()
            if entry.name.endswith(".md.jinja")
        }
        # Prompts are plain text for a model, never HTML.
        self._env = Environment(
            undefined=StrictUndefined,
            loader=FunctionLoader(self._sources.get),
            autoescape=False,  # noqa: S701
        )

    def names(self) -> list[str]:
        return sorted(self._sources)

    def request(self, name: str, user: str, **values: Any) -> ModelRequest:
        """The system text from the prompt file; what people wrote goes into `user`, as data."""
        return ModelRequest(
            prompt=name,
            prompt_sha256=sha256_hex(self._sources[name].encode()),
            system=self._env.get_template(name).render(**values),
            user=user,
        )


async def worded(
    model: LanguageModel | None, prompts: Prompts, visit: Visit, name: str, facts: Any, engine_text: str
) -> Words:
    """The engine's text, said better by the model if there is one; the decision behind it stays as it is."""
    if model is None:
        return Words(text=engine_text)
    request = prompts.request(name, canonical_json(facts).decode(), engine_text=engine_text)
    try:
        reply = await model.propose(request, Wording)
    except Unavailable as error:
        log.warning("model-gave-no-words", prompt=name, error=error.message)
        return Words(text=engine_text, note=f"The language model gave no words ({error.message}).")
    visit.usages.append(reply.usage)
    text = " ".join("".join(c for c in reply.answer.text if c.isprintable() or c.isspace()).split())
    if not text:
        return Words(text=engine_text, note="The language model gave an empty answer.")
    return Words(text=f"{engine_text} {text[:WORDS_LIMIT]}", prompt_sha256=request.prompt_sha256)
