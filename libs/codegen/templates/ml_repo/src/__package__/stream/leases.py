"""Who reads which shard, and how far: one row a shard in DynamoDB, changed only by conditions.

A reader holds a lease for a while and renews it; a lease that has run out may be taken by anyone.
Readers aim at equal shares and take from the one that has most. A shard that came out of a split or
a merge is not read before the shards it came from are read to their ends.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SHARD_END = "SHARD_END"
"""The checkpoint of a shard that is read to its end."""


@dataclass(frozen=True)
class Lease:
    """A row of the table."""

    shard: str
    owner: str
    until: float
    """Seconds since 1970."""
    checkpoint: str
    """The last sequence number that is done; empty at the beginning."""


class Leases:
    """The table, seen by one reader."""

    def __init__(
        self,
        dynamodb: Any,
        table: str,
        owner: str,
        *,
        seconds: float = 30.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        """
        Args:
            dynamodb: a client of `dynamodb`.
            table: with the key `shard_id`.
            owner: name of this reader, like no other.
            seconds: how long a lease holds without being renewed.
            now: the clock; those of all readers agree to within a few seconds.
        """
        self._dynamodb = dynamodb
        self._table = table
        self.owner = owner
        self._seconds = seconds
        self._now = now

    def balance(self, shards: dict[str, tuple[str, ...]]) -> dict[str, str]:
        """Renews, takes and gives up leases.

        Args:
            shards: every shard of the stream, with the shards that it came from.

        Returns:
            The shards that are ours now, with their checkpoints.
        """
        leases = {lease.shard: lease for lease in self._read()}
        done = {s for s, lease in leases.items() if lease.checkpoint == SHARD_END}
        open_shards = [
            shard
            for shard, parents in sorted(shards.items())
            if shard not in done and all(p in done or p not in shards for p in parents)
        ]
        mine = {s for s in open_shards if self._is_mine(leases.get(s)) and self._renew(leases[s])}
        loads = Counter(lease.owner for s, lease in leases.items() if self._is_held(lease, s, mine))
        loads[self.owner] = len(mine)
        share = -(-len(open_shards) // len(loads))
        for shard in open_shards:
            if len(mine) < share and shard not in mine and self._is_free(leases.get(shard)):
                mine |= self._take(shard, leases.get(shard))
        richest, most = max(loads.items(), key=lambda load: (load[1], load[0]))
        if len(mine) < share and most > share or (not mine and most > 1):
            stolen = next((s for s in open_shards if self._owner(leases.get(s)) == richest), None)
            mine |= set() if stolen is None else self._take(stolen, leases[stolen])
        return {s: leases[s].checkpoint if s in leases else "" for s in mine}

    def checkpoint(self, shard: str, sequence: str) -> bool:
        """Records how far we are; False when the shard is no longer ours."""
        return self._update(
            shard,
            "SET checkpoint_at = :checkpoint, lease_until = :until",
            "lease_owner = :me",
            {":checkpoint": sequence, ":until": self._end(), ":me": self.owner},
        )

    def release(self, shard: str) -> None:
        """Lets another reader take the shard at once."""
        self._update(
            shard, "SET lease_until = :zero", "lease_owner = :me", {":zero": 0.0, ":me": self.owner}
        )

    def _renew(self, lease: Lease) -> bool:
        values: dict[str, str | float] = {":until": self._end(), ":me": self.owner}
        return self._update(lease.shard, "SET lease_until = :until", "lease_owner = :me", values)

    def _take(self, shard: str, seen: Lease | None) -> set[str]:
        values: dict[str, str | float] = {":me": self.owner, ":until": self._end()}
        condition = "attribute_not_exists(lease_owner)"
        if seen is not None:
            condition = "lease_owner = :seen AND lease_until = :seen_until"
            values |= {":seen": seen.owner, ":seen_until": seen.until}
        taken = self._update(
            shard, "SET lease_owner = :me, lease_until = :until", condition, values
        )
        return {shard} if taken else set()

    def _update(
        self, shard: str, change: str, condition: str, values: dict[str, str | float]
    ) -> bool:
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key={"shard_id": {"S": shard}},
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeValues={name: _typed(v) for name, v in values.items()},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _read(self) -> list[Lease]:
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table, ConsistentRead=True
        )
        return [_lease(item) for page in pages for item in page["Items"]]

    def _end(self) -> float:
        return round(self._now() + self._seconds, 3)

    def _is_mine(self, lease: Lease | None) -> bool:
        return self._owner(lease) == self.owner

    def _is_free(self, lease: Lease | None) -> bool:
        return lease is None or lease.until < self._now()

    def _is_held(self, lease: Lease, shard: str, mine: set[str]) -> bool:
        return shard not in mine and not self._is_free(lease) and lease.checkpoint != SHARD_END

    @staticmethod
    def _owner(lease: Lease | None) -> str:
        return "" if lease is None else lease.owner


def _lease(item: dict[str, Any]) -> Lease:
    return Lease(
        shard=item["shard_id"]["S"],
        owner=item.get("lease_owner", {}).get("S", ""),
        until=float(item.get("lease_until", {}).get("N", "0")),
        checkpoint=item.get("checkpoint_at", {}).get("S", ""),
    )


def _typed(value: str | float) -> dict[str, str]:
    return {"S": value} if isinstance(value, str) else {"N": f"{value:.3f}"}
