"""Trains the small model that names the task of a statement, from the examples shipped beside it.

python scripts/train_task_model.py [--out libs/intake/vocabulary/task_model.json]
"""

import argparse
import base64
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from libs.intake import task_model  # noqa: E402
from libs.intake.vocabulary import uses  # noqa: E402

VOCABULARY = ROOT / "libs" / "intake" / "vocabulary"
STEPS = 400
RATE = 20.0
BIAS_RATE = 1.0
MOMENTUM = 0.9
SHRINK = 2e-4
LARGEST = 127


def design(examples: list[uses.Use]) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Feature rows, one-hot labels and the labels in their order."""
    labels = tuple(sorted({use.task for use in examples}))
    rows = np.zeros((len(examples), task_model.BUCKETS))
    wanted = np.zeros((len(examples), len(labels)))
    for number, use in enumerate(examples):
        for bucket, value in task_model.features(use.text).items():
            rows[number, bucket] = value
        wanted[number, labels.index(use.task)] = 1.0
    return rows, wanted, labels


def fit(rows: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression by gradient descent from zero.

    Every step adds a mixture of examples, so that the mixture is kept instead of the weights: far fewer numbers.
    """
    alike = rows @ rows.T
    mixture = np.zeros_like(wanted)
    biases = np.zeros(wanted.shape[1])
    speed, bias_speed = np.zeros_like(mixture), np.zeros_like(biases)
    for _ in range(STEPS):
        logits = alike @ mixture + biases
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - wanted) / len(rows)
        speed = MOMENTUM * speed - RATE * (error + SHRINK * mixture)
        bias_speed = MOMENTUM * bias_speed - BIAS_RATE * error.sum(axis=0)
        mixture += speed
        biases += bias_speed
    return rows.T @ mixture, biases


def document(examples: list[uses.Use]) -> str:
    """The file of weights as text."""
    rows, wanted, labels = design(examples)
    weights, biases = fit(rows, wanted)
    scale = float(np.abs(weights).max()) / LARGEST
    small = np.rint(weights / scale).astype(np.int8)
    content = {
        "version": 1,
        "digest": uses.digest(examples),
        "labels": list(labels),
        "scale": round(scale, 6),
        "biases": [round(float(bias), 3) for bias in biases],
        "rows": base64.b64encode(small.tobytes()).decode("ascii"),
    }
    return json.dumps(content, indent=1) + "\n"


def main() -> None:
    """Reads the examples and writes the weights."""
    parser = argparse.ArgumentParser(description="Train the model that names the task of a statement.")
    parser.add_argument("--out", type=Path, default=VOCABULARY / task_model.WEIGHTS_FILE)
    arguments = parser.parse_args()
    examples = uses.load()
    text = document(examples)
    arguments.out.write_text(text, encoding="utf-8")
    print(f"{len(examples)} examples, {len(text) // 1024} KB written to {arguments.out}")


if __name__ == "__main__":
    main()
