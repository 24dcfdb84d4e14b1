"""The list of all model versions, with their figures and which one is in use."""
