"""Scoring of the events of a stream."""
