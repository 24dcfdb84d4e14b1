"""What a plan with a language model adds to the answers: the passages, their lengths, and the price of tokens."""

from libs.codegen.models import ColumnAnswer, TokenAnswer
from libs.planning.models import Plan

_PASSAGE, _PROMPT, _ANSWER = 400, 2500, 350
"""Tokens where the plan says nothing: the usual values of the planning assumptions."""
_THOUSANDS_MILLION = 1000

PASSAGE_COLUMNS: tuple[ColumnAnswer, ...] = (
    ColumnAnswer(name="document_id", kind="id", description="Key of the document"),
    ColumnAnswer(
        name="position", kind="integer", minimum=0, description="Place of the passage in the document"
    ),
    ColumnAnswer(name="title", kind="category", description="Title of the document"),
    ColumnAnswer(name="section", kind="category", nullable=True, description="Heading above the passage"),
    ColumnAnswer(name="text", kind="category", description="What the passage says"),
    ColumnAnswer(name="source", kind="category", description="Where the document came from"),
    ColumnAnswer(
        name="category", kind="category", nullable=True, description="Kind of document, for filters"
    ),
    ColumnAnswer(name="access", kind="category", description="Groups that may read it, separated by commas"),
    ColumnAnswer(name="tokens", kind="integer", minimum=1, description="Estimated length"),
    ColumnAnswer(name="passage_id", kind="id", role="target", description="Digest of document and text"),
)
"""The curated table; what is searched for is the passage."""


def token_answer(plan: Plan) -> TokenAnswer:
    """Lengths as stated or planned; a price only where the bill has a known one."""
    needs = plan.requirements
    figures = {figure.name: int(figure.value) for figure in plan.figures}
    return TokenAnswer(
        passage=figures.get("chunk_tokens", _PASSAGE),
        prompt=needs.input_tokens or figures.get("input_tokens_usual", _PROMPT),
        answer=needs.output_tokens or figures.get("output_tokens_usual", _ANSWER),
        prompt_usd_million=_price(plan, "input tokens"),
        answer_usd_million=_price(plan, "output tokens"),
    )


def _price(plan: Plan, item: str) -> float | None:
    lines = (line for line in plan.cost.lines if line.slot == "llm" and line.item == item)
    price = next((line.unit_price_usd for line in lines), None)
    return None if price is None else round(price * _THOUSANDS_MILLION, 6)
