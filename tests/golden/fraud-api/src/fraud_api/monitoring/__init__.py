"""What is watched after deployment: drift of the inputs and quality of the data."""
