"""The relative links and anchors of the documents resolve; nothing is fetched."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from libs.codegen.checks.check import Tree
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted

# None of these looks at a character more often than a few times, whatever the line: a document is anybody's text, and
# nothing else runs while a pattern is matched.
_FENCE = re.compile(r"^\s*(```|~~~)")
_CODE = re.compile(r"`[^`\n]*`")
_INLINE = re.compile(r"\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))++)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_DEFINED = re.compile(r"^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_NAMED = re.compile(r"<a\s+(?:id|name)=[\"']([^\"']+)[\"']")
_LINK_TEXT = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_ADDED_LATER = "reports/"
"""Comes into the repository beside the payload, after the checks."""


class LinksCheck:
    """Reads the Markdown files; runs nothing of the tree, so it needs no sandbox."""

    name = "links"

    async def run(self, tree: Tree) -> CheckResult:
        files = await asyncio.to_thread(tree.files)
        documents = [path for path in files if path.endswith(".md")]
        if not documents:
            return tree.result(self.name, "skipped", "There is no Markdown file in this repository.")
        findings, followed = await asyncio.to_thread(_followed, tree.path, documents, files)
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'link')} of {followed} lead nowhere."
            if findings
            else f"{counted(followed, 'relative link')} in {counted(len(documents), 'document')} resolve.",
            findings=findings,
            tool_version="built in",
        )


def _followed(root: Path, documents: list[str], files: list[str]) -> tuple[list[CheckFinding], int]:
    there = {*files, *(p.as_posix() for path in files for p in PurePosixPath(path).parents)}
    texts = {path: (root / path).read_text(encoding="utf-8", errors="replace") for path in documents}
    anchors = {path: _anchors(text) for path, text in texts.items()}
    findings: list[CheckFinding] = []
    followed = 0
    for path, text in texts.items():
        for line, target in _links(text):
            followed += 1
            fault = _fault(path, target, there, anchors)
            if fault:
                findings.append(
                    CheckFinding(
                        check_id="links.broken", severity="medium", path=path, line=line, message=fault
                    )
                )
    return findings, followed


def _fault(path: str, target: str, there: set[str], anchors: dict[str, set[str]]) -> str:
    """What is wrong with a link; empty when it resolves."""
    place, _, anchor = unquote(target).partition("#")
    if not place:
        found = path
    elif place.startswith("/"):
        return f"{target} is an absolute path; a link inside a repository is relative."
    else:
        found = _normal(PurePosixPath(path).parent / place)
    if found.startswith(".."):
        return f"{target} leads out of the repository."
    if found.startswith(_ADDED_LATER):
        return ""
    if found not in there:
        return f"{target} is not in this repository."
    if anchor and found in anchors and anchor.lower() not in anchors[found]:
        return f"{target}: {found} has no heading with this anchor."
    return ""


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts) or "."


def _links(text: str) -> Iterator[tuple[int, str]]:
    """Line and target of each link inside the repository, outside of code."""
    for number, line in _prose(text):
        bare = _CODE.sub("", line)
        for match in (*_INLINE.finditer(bare), *_DEFINED.finditer(bare)):
            if not _ELSEWHERE.match(match[1]):
                yield number, match[1]


def _prose(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line


def _anchors(text: str) -> set[str]:
    """The anchors that GitHub and GitLab make of headings; equal ones are numbered."""
    found: set[str] = set()
    given: Counter[str] = Counter()
    for _, line in _prose(text):
        found.update(name.lower() for name in _NAMED.findall(line))
        if match := _HEADING.match(line):
            title = match[1].rstrip().rstrip("#")
            plain = _LINK_TEXT.sub(r"\1", title).replace("`", "").strip().lower()
            slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
            name = f"{slug}-{given[slug]}" if given[slug] else slug
            while name in found:
                given[slug] += 1
                name = f"{slug}-{given[slug]}"
            found.add(name)
    return found
