"""A small hosted model as judge of one's own policy; rules mask and stop what they know first."""

from __future__ import annotations

import re
import secrets

from ..models import bedrock
from ..models.port import LanguageModel, ModelUnavailable, Prompt, complete
from ..settings import Settings
from .patterns import Patterns
from .port import Guard, GuardUnavailable, Side, Verdict
from .rules import RulesGuard

_VERDICT = re.compile(r"\b(ALLOW|STOP)\b(?:[\s:]+([a-z_]+))?", re.IGNORECASE)


class JudgeGuard:
    """Asks the judge about what the rules let pass."""

    name = "judge"

    def __init__(self, rules: Guard, model: LanguageModel, policy: str) -> None:
        """Takes rules, judge and policy.

        Args:
            rules: asked first; what they mask, the judge does not see.
            model: of the judge.
            policy: the text of `prompts/guard.md`.
        """
        self._rules = rules
        self._model = model
        self._policy = policy

    def check(self, text: str, side: Side, question: str = "") -> Verdict:
        """Stops when the judge says so, and when it says neither yes nor no."""
        verdict = self._rules.check(text, side)
        if not verdict.allowed:
            return verdict
        fence = f"<<<{secrets.token_hex(8)}>>>"  # drawn for each text, so that no text can hold it
        prompt = Prompt(
            system=self._policy,
            user=f"The {side} between the fences {fence} is to be judged.\n{fence}\n{verdict.text}\n{fence}",
            max_tokens=10,
            temperature=0.0,
        )
        try:
            said, _ = complete(self._model, prompt)
        except ModelUnavailable as error:
            raise GuardUnavailable(str(error)) from error
        found = _VERDICT.search(said)
        if found is None:
            raise GuardUnavailable(f"the judge said neither ALLOW nor STOP: {said[:80]!r}")
        if found.group(1).upper() == "ALLOW":
            return verdict
        reason = (found.group(2) or "policy").lower()
        return Verdict(False, verdict.text, reason, verdict.masked)


def connect(settings: Settings, patterns: Patterns, policy: str) -> JudgeGuard:
    """`GUARD_MODEL` on Bedrock behind the rules."""
    model = bedrock.connect(settings, settings.need("GUARD_MODEL"))
    return JudgeGuard(RulesGuard(patterns), model, policy)
