"""The stored model: what is written, how it is loaded, how it predicts."""
