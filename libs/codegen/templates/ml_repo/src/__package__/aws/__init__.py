"""Connections to AWS services; the libraries are loaded when the first one is opened."""
