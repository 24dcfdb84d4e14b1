"""No credential is in the files: patterns so exact that a match is a finding."""

import asyncio
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from libs.codegen.checks.check import Tree
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted

_PATTERNS = {
    "aws-access-key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "aws-secret-key": r"(?i)aws_?secret_?access_?key\W{1,5}[A-Za-z0-9/+]{40}\b",
    "private-key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "github-token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})",
    "gitlab-token": r"\bglpat-[A-Za-z0-9_-]{20}",
    "slack-token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "model-provider-key": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}",
    "google-api-key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "password-in-url": r"[a-z][a-z0-9+]{1,20}://[^\s:/@\"'$<{]{1,64}:[^\s:/@\"'$<{]{3,64}@[A-Za-z0-9]",
}
_COMPILED = {name: re.compile(pattern.encode()) for name, pattern in _PATTERNS.items()}
_MOST_OF_A_KIND = 50
"""Findings of one kind in one file; whoever mends these sees the others the next time."""
_DOCUMENTED_EXAMPLES = (b"AKIAIOSFODNN7EXAMPLE",)


class SecretsCheck:
    """Reads every file; runs nothing of the tree, so it needs no sandbox."""

    name = "secrets"

    async def run(self, tree: Tree) -> CheckResult:
        files = await asyncio.to_thread(tree.files)
        found = await asyncio.gather(*(asyncio.to_thread(_scan, tree.path, path) for path in files))
        findings = [finding for several in found for finding in several]
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'credential')} in the files."
            if findings
            else f"No credential of {len(_PATTERNS)} kinds in {counted(len(files), 'file')}.",
            findings=findings,
            tool_version=f"{len(_PATTERNS)} patterns",
        )


def _scan(root: Path, path: str) -> list[CheckFinding]:
    data = (root / path).read_bytes()
    return [
        CheckFinding(
            check_id=f"secret.{name}",
            severity="high",
            path=path,
            line=data.count(b"\n", 0, match.start()) + 1,
            # The text itself must not travel on into reports and logs.
            message=f"This looks like a {name.replace('-', ' ')}; remove it and revoke it where it was issued.",
        )
        for name, pattern in _COMPILED.items()
        for match in islice(_credentials(pattern, data), _MOST_OF_A_KIND)
    ]


def _credentials(pattern: re.Pattern[bytes], data: bytes) -> Iterator[re.Match[bytes]]:
    for match in pattern.finditer(data):
        if not any(example in match.group() for example in _DOCUMENTED_EXAMPLES):
            yield match
