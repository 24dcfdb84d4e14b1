"""Programs that run inside a generated repository, with its packages, against real servers."""
