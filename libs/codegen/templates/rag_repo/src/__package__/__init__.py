"""Answers questions from documents: ingestion, index, retrieval, cited answers, guards, evaluation.

One thread by default: it sums in one order, so results repeat, and small inputs are faster for it.
The libraries read these variables when they load; set them yourself to trade that for speed.
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
