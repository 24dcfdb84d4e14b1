"""How grave a finding is, by check and id: tools either do not say, or mean different things by one word."""

from fnmatch import fnmatchcase

from libs.codegen.checks.checkov_severities import Severity
from libs.codegen.checks.checkov_severities import severity_of as checkov_severity

_TABLE: dict[str, tuple[tuple[str, Severity], ...]] = {
    "ruff": (("unformatted", "low"), ("S*", "high"), ("*", "medium")),
    "mypy": (("*", "medium"),),
    "yamllint": (
        # A value that is silently lost, or a file that is no YAML.
        ("syntax", "high"),
        ("key-duplicates", "high"),
        ("anchors", "high"),
        ("*", "low"),
    ),
    "actionlint": (
        # Text of a stranger runs as a command, or a credential is written down.
        ("expression", "high"),
        ("credentials", "high"),
        ("syntax-check", "high"),
        ("permissions", "high"),
        ("shellcheck", "low"),
        ("pyflakes", "low"),
        ("*", "medium"),
    ),
    "hadolint": (
        # Runs as root or takes what nobody has checked.
        ("DL1000", "high"),
        ("DL3002", "high"),
        ("DL3004", "high"),
        ("DL3020", "medium"),
        ("DL3006", "high"),
        ("DL3007", "high"),
        ("DL3026", "high"),
        ("SC1*", "high"),
        ("DL4006", "medium"),
        ("DL3045", "medium"),
        ("*", "low"),
    ),
    "tflint": (
        ("error", "high"),
        ("terraform_required_version", "medium"),
        ("terraform_required_providers", "medium"),
        ("terraform_module_pinned_source", "high"),
        ("aws_*_invalid_*", "high"),
        ("aws_*_previous_type", "low"),
        ("*", "low"),
    ),
}
"""By check, patterns of ids with their severity; the first that fits counts."""


def severity_of(check: str, rule: str) -> Severity:
    """Medium for what no table names."""
    if check == "checkov":
        return checkov_severity(rule)
    return next(
        (severity for pattern, severity in _TABLE.get(check, ()) if fnmatchcase(rule, pattern)), "medium"
    )
