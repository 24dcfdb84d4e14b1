"""The HTTP door to the answers."""
