"""A server of the protocol of Valkey as feature store."""

from __future__ import annotations

import os

from fraud_api.online_features.valkey import ValkeyFeatures
from valkey import Valkey


class Login:
    """Stands in for the login of the role; the client asks it for each connection."""

    def get_credentials(self) -> tuple[str, str]:
        return "default", os.environ["VALKEY_PASSWORD"]


client = Valkey(port=int(os.environ["VALKEY_PORT"]), credential_provider=Login())
features = ValkeyFeatures(client)
rows = {f"id {n}": {"amount": n / 3, "channel": None if n % 2 else "None"} for n in range(1200)}
features.put(rows)
assert features.get([*rows, "nobody"]) == rows
assert all(key.startswith(b"features:") for key in client.scan_iter())
assert {client.ttl(key) for key in client.scan_iter()} == {-1}, "without a number of days a row is kept"
ValkeyFeatures(client, retention_days=45).put(rows)
assert all(45 * 86_400 - 60 < client.ttl(key) <= 45 * 86_400 for key in client.scan_iter())
