"""How grave a checkov rule is: its open edition does not say."""

from typing import Literal

Severity = Literal["low", "medium", "high"]

_HIGH = frozenset({
    # Reachable from everywhere
    "CKV_AWS_17", "CKV_AWS_20", "CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56",
    "CKV_AWS_57", "CKV_AWS_59", "CKV_AWS_70", "CKV_AWS_88", "CKV_AWS_122", "CKV_AWS_130", "CKV_AWS_277",
    "CKV_AWS_283", "CKV_AWS_333", "CKV2_AWS_6",
    # Not encrypted at rest or on the way
    "CKV_AWS_2", "CKV_AWS_3", "CKV_AWS_8", "CKV_AWS_16", "CKV_AWS_19", "CKV_AWS_26", "CKV_AWS_27", "CKV_AWS_29",
    "CKV_AWS_30", "CKV_AWS_43", "CKV_AWS_97", "CKV_AWS_103",
    # Secrets in the code
    "CKV_AWS_41", "CKV_AWS_45", "CKV_AWS_46",
    # Rights without bounds
    "CKV_AWS_1", "CKV_AWS_33", "CKV_AWS_49", "CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_107",
    "CKV_AWS_108", "CKV_AWS_109", "CKV_AWS_110", "CKV_AWS_111", "CKV_AWS_274", "CKV_AWS_286", "CKV_AWS_287",
    "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_358", "CKV_AWS_393", "CKV2_AWS_40",
})  # fmt: skip
_LOW = frozenset({
    # Hygiene, or a choice of cost that the plan makes
    "CKV_AWS_18", "CKV_AWS_23", "CKV_AWS_50", "CKV_AWS_65", "CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_117",
    "CKV_AWS_118", "CKV_AWS_144", "CKV_AWS_157", "CKV_AWS_226", "CKV_AWS_272", "CKV_AWS_338", "CKV_AWS_382",
    "CKV2_AWS_5", "CKV2_AWS_30", "CKV2_AWS_57", "CKV2_AWS_60", "CKV2_AWS_61", "CKV2_AWS_62", "CKV_TF_1", "CKV_TF_2",
})  # fmt: skip


DESIGN = "DESIGN_"
"""How rules begin that a repository brings itself: what was promised there blocks when it is broken."""


def severity_of(rule: str) -> Severity:
    """Medium unless the table says otherwise."""
    return "high" if rule in _HIGH or rule.startswith(DESIGN) else "low" if rule in _LOW else "medium"
