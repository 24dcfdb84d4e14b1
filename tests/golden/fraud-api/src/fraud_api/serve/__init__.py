"""The HTTP door to the model."""
