"""Candidates, cross-validation, metrics and the record of trials."""
