"""How long logs and audit trails are kept, by the rules that apply; values that CloudWatch accepts."""

from collections.abc import Collection
from typing import NamedTuple

from libs.intake.models import Compliance, DataClass


class Retention(NamedTuple):
    """Days, and the rule they follow from."""

    days: int
    why: str


_DEMANDS: dict[Compliance, Retention] = {
    "HIPAA": Retention(2192, "HIPAA 45 CFR 164.316(b)(2) asks for six years of records"),
    "PCI-DSS": Retention(365, "PCI DSS 4.0 10.5.1 asks for twelve months of audit logs"),
    "SOC2": Retention(365, "a SOC 2 audit period is twelve months"),
    "GDPR": Retention(180, "GDPR article 5(1)(e) limits storage, and six months still show an incident"),
    "LAW25": Retention(180, "Quebec Law 25 limits storage, and six months still show an incident"),
}
_BY_DATA_CLASS: dict[DataClass, int] = {"public": 30, "internal": 90, "sensitive": 180, "restricted": 365}


def retention(compliance: Collection[Compliance], data_class: DataClass) -> Retention:
    """The longest time a rule demands; without a rule, by how sensitive the data is."""
    demands = [_DEMANDS[name] for name in sorted(compliance) if name in _DEMANDS]
    if demands:
        return max(demands, key=lambda demand: demand.days)
    return Retention(_BY_DATA_CLASS[data_class], f"no rule was named and the data is {data_class}")
