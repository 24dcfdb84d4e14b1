"""What the containers run: stages of the pipeline between two addresses."""
