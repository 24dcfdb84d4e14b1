"""Is it good enough? Questions, metrics, judges, the gate."""
