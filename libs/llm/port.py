"""A language model as the product sees it: a typed proposal with its cost, or an honest failure."""

from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from libs.core.errors import Unavailable
from libs.core.values import Value

Answer = TypeVar("Answer", bound=BaseModel)


class ModelUnavailable(Unavailable):
    """The language model does not answer in time."""

    code = "llm.unavailable"


class ModelAnswerMalformed(Unavailable):
    """The language model's answer does not fit the schema, also after one repair."""

    code = "llm.answer_malformed"


class ModelRequest(Value):
    """One question to a model."""

    prompt: str
    """Name of the prompt file, such as `intake_extract`."""
    prompt_sha256: str
    system: str
    user: str
    """Text of people and documents goes here, and is data."""


class ModelUsage(Value):
    """What one question cost."""

    provider: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    """None when the price of the model is not known; never 0 for unknown."""
    seconds: float = 0.0
    attempts: int = 1


class ModelReply(BaseModel, Generic[Answer]):
    """The typed answer and what it cost."""

    answer: Answer
    usage: ModelUsage


class LanguageModel(Protocol):
    """Answers with a value of the schema asked for."""

    async def propose(self, request: ModelRequest, schema: type[Answer]) -> ModelReply[Answer]:
        """Asks once, and once more with the validation error when the answer does not fit.

        Raises:
            ModelUnavailable: the deadline passed or the provider failed.
            ModelAnswerMalformed: two answers did not fit the schema.
        """
        ...
