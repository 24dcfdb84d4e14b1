"""Amazon Bedrock Guardrails: filters, attack detection and masking as settings of a versioned resource."""

from __future__ import annotations

from typing import Any

from .. import aws
from ..settings import Settings
from .patterns import Patterns
from .port import GuardUnavailable, Side, Verdict

_POLICIES = {
    "topicPolicy": "off_topic",
    "contentPolicy": "content",
    "wordPolicy": "blocked_word",
    "sensitiveInformationPolicy": "personal_data",
    "contextualGroundingPolicy": "not_grounded",
}


class BedrockGuard:
    """One version of one guardrail."""

    name = "bedrock"

    def __init__(self, client: Any, guardrail: str, version: str, patterns: Patterns) -> None:
        """Takes a client of `bedrock-runtime`, and patterns for what the guardrail stops and so does not mask."""
        self._client = client
        self._patterns = patterns
        self._where = {"guardrailIdentifier": guardrail, "guardrailVersion": version}

    def check(self, text: str, side: Side, question: str = "") -> Verdict:
        """Asks the guardrail; masking alone lets the masked text pass."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._client.apply_guardrail(
                **self._where,
                source="INPUT" if side == "question" else "OUTPUT",
                content=[{"text": {"text": text}}],
            )
        except (BotoCoreError, ClientError) as error:
            raise GuardUnavailable(f"Bedrock Guardrails: {error}") from error
        if answer["action"] == "NONE":
            return Verdict(True, text)
        found = [item for a in answer["assessments"] for item in _interventions(a)]
        blocking = [reason for reason, action in found if action == "BLOCKED"]
        masked = sum(action == "ANONYMIZED" for _, action in found)
        if masked and not blocking:
            return Verdict(True, "".join(o["text"] for o in answer["outputs"]), masked=masked)
        # An intervention that names no finding is still one.
        return Verdict(False, self._patterns.masked(text)[0], blocking[0] if blocking else "guardrail", masked)


def connect(settings: Settings, patterns: Patterns, policy: str) -> BedrockGuard:
    """`GUARDRAIL_VERSION` of `GUARDRAIL_ID`; the policy is a setting of the guardrail itself."""
    guardrail, version = settings.need("GUARDRAIL_ID"), settings.need("GUARDRAIL_VERSION")
    return BedrockGuard(aws.client("bedrock-runtime", settings.patience), guardrail, version, patterns)


def _interventions(assessment: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("injection" if finding.get("type") == "PROMPT_ATTACK" else reason, finding["action"])
        for policy, reason in _POLICIES.items()
        for findings in (assessment.get(policy) or {}).values()
        if isinstance(findings, list)
        for finding in findings
        if finding.get("action", "NONE") != "NONE"
    ]
