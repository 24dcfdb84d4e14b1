"""Texts become vectors: a port and its adapters."""
