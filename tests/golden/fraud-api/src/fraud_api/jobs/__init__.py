"""What the containers run: fetch, work, publish. The same stages as on a laptop, nothing else."""
