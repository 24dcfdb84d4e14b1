"""Every provider that LangChain's `init_chat_model` knows, loaded when it is first asked."""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from libs.core.errors import Invalid
from libs.llm.adapters import two_tries
from libs.llm.adapters.two_tries import Said
from libs.llm.port import Answer, ModelReply, ModelRequest, ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

_TOOL = "answer"
_PROVIDER_RETRIES = 1
_REPAIR = (
    "Your previous answer was refused: {wrong}\nCall the tool again with an answer that fits its parameters."
)


class BadModelName(Invalid):
    """A model is named as `provider:model`, such as `openai:gpt-5`."""

    code = "llm.bad_model_name"


class ChainModel:
    """A language model behind an API; the answer is asked for as the arguments of one forced tool call."""

    def __init__(
        self,
        name: str,
        *,
        deadline_s: float = 30.0,
        max_tokens: int = 4000,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """
        Args:
            name: `provider:model`; the key comes from the provider's usual environment variable.
            deadline_s: bound of one question, repair included.
            max_tokens: bound of one answer.
            options: more arguments for the provider's class, such as `base_url`.

        Raises:
            BadModelName: there is no provider or no model in the name.
        """
        self._provider, _, self._model = name.partition(":")
        if not self._provider or not self._model:
            raise BadModelName(name=name)
        self._deadline_s = deadline_s
        self._options = {
            "timeout": deadline_s,
            "max_retries": _PROVIDER_RETRIES,
            "max_tokens": max_tokens,
            **(options or {}),
        }
        self._loaded: BaseChatModel | None = None
        self._loading = asyncio.Lock()

    async def propose(self, request: ModelRequest, schema: type[Answer]) -> ModelReply[Answer]:
        async def ask(wrong: str) -> Said:
            return await self._ask(await self._load(), request, schema, wrong)

        return await two_tries.propose(
            ask, schema, provider=self._provider, model=self._model, deadline_s=self._deadline_s
        )

    async def _load(self) -> "BaseChatModel":
        async with self._loading:
            if self._loaded is None:
                # Importing a provider takes seconds.
                self._loaded = await asyncio.to_thread(self._make)
            return self._loaded

    def _make(self) -> "BaseChatModel":
        try:
            from langchain.chat_models import init_chat_model

            made: BaseChatModel = init_chat_model(self._model, model_provider=self._provider, **self._options)
        except Exception as error:
            raise ModelUnavailable(
                f"The language model {self._provider}:{self._model} cannot be set up: {type(error).__name__}.",
                advice="Check the name, that the provider's package is installed and that its key is set.",
            ) from error
        return made

    async def _ask(
        self, model: "BaseChatModel", request: ModelRequest, schema: type[BaseModel], wrong: str
    ) -> Said:
        from langchain_core.messages import AIMessage

        try:
            bound = model.bind_tools([_tool(schema)], tool_choice=_TOOL)
            message = await bound.ainvoke(_messages(request, wrong))
        except TimeoutError:
            raise
        except Exception as error:
            status = getattr(error, "status_code", None)
            raise ModelUnavailable(
                f"The language model failed: {type(error).__name__}{f' (HTTP {status})' if status else ''}.",
                advice="The engine goes on without it.",
                provider=self._provider,
                model=self._model,
                status=status,
            ) from error
        if not isinstance(message, AIMessage):
            raise ModelUnavailable(f"The provider answered with a {type(message).__name__}.")
        usage = message.usage_metadata
        return Said(
            _content(message),
            input_tokens=usage["input_tokens"] if usage else 0,
            output_tokens=usage["output_tokens"] if usage else 0,
        )


def _tool(schema: type[BaseModel]) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": _TOOL,
            "description": "Gives the answer.",
            "parameters": schema.model_json_schema(),
        },
    }


def _messages(request: ModelRequest, wrong: str) -> "list[BaseMessage]":
    from langchain_core.messages import HumanMessage, SystemMessage

    messages: list[BaseMessage] = [SystemMessage(request.system), HumanMessage(request.user)]
    if wrong:
        messages.append(HumanMessage(_REPAIR.format(wrong=wrong)))
    return messages


def _content(message: "AIMessage") -> str | dict[str, Any]:
    """The arguments of the tool call, also when they are no JSON; else the text, which some models answer with."""
    for call in message.tool_calls:
        if call["name"] == _TOOL:
            return dict(call["args"])
    for invalid in message.invalid_tool_calls:
        return invalid["args"] or ""
    return message.text if isinstance(message.text, str) else json.dumps(message.content)
