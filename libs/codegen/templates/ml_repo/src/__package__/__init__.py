"""Training, evaluation, serving and monitoring of one model on one table."""
