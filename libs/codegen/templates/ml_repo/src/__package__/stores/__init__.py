"""Where checked rows and predictions are kept for others, beside the pipeline's own files."""
