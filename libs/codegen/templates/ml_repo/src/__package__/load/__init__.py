"""The load test: how many requests a second one replica answers within the promised time."""
