"""Loads what ExportTest exported, and compares Python's probabilities with Java's.

    mvn test -Dtest=ExportTest && python src/test/python/check_export.py

Run with tensorflow-cpu 2.16.2. Each folder in target/exports has a SavedModel in "model" and images
with their probabilities in "expected.json". The exit code is 1 if any differ by more than 1e-6.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-6


def call(folder, images):
    loaded = tf.saved_model.load(str(folder / "model"))
    outputs = loaded.signatures["serving_default"](images=tf.constant(images))
    return outputs["probabilities"].numpy(), outputs["classes"].numpy()


def check(folder):
    expected = json.loads((folder / "expected.json").read_text())
    images = np.array(expected["images"], np.float32).reshape(expected["shape"])
    probabilities, classes = call(folder, images)
    difference = np.abs(probabilities - np.array(expected["probabilities"], np.float32)).max()
    same = np.array_equal(classes, expected["classes"])
    # Any batch size must work.
    one, _ = call(folder, images[:1])
    alone = np.abs(one[0] - probabilities[0]).max()
    print(
        f"{folder.name}: {len(images)} images, greatest difference {difference:.3g},"
        f" classes {'equal' if same else 'DIFFERENT'}, one image alone {alone:.3g}"
    )
    return same and difference <= TOLERANCE and alone <= TOLERANCE


def main():
    root = pathlib.Path(__file__).resolve().parents[3] / "target" / "exports"
    folders = sorted(path.parent for path in root.glob("*/expected.json"))
    if not folders:
        sys.exit(f"found nothing in {root}: run mvn test -Dtest=ExportTest first")
    results = [check(folder) for folder in folders]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
