"""Loads what ExportTest and GraphModelsTest exported, and compares Python's results with Java's.

    mvn test -Dtest=ExportTest,GraphModelsTest && python src/test/python/check_export.py

Run with tensorflow-cpu 2.16.2. Each folder in target/exports has a SavedModel in "model", and either
images with their probabilities in "expected.json", or inputs and outputs by name in "graph.json". The
exit code is 1 if any differ by more than 1e-6, relative to the largest value if that is above 1; for the
picture files in "pictures", which the graph decodes, by more than 0.005. The names of the classes in the
assets must be as many as the probabilities.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-6
OF_PICTURES = 0.005


def call(folder, images):
    loaded = tf.saved_model.load(str(folder / "model"))
    outputs = loaded.signatures["serving_default"](images=tf.constant(images))
    return outputs["probabilities"].numpy(), outputs["classes"].numpy()


def check_pictures(folder, expected):
    """Checks the signature that takes the contents of picture files, and the assets."""
    loaded = tf.saved_model.load(str(folder / "model"))
    names = sorted(expected)
    files = [(folder / "pictures" / name).read_bytes() for name in names]
    outputs = loaded.signatures["predict_pictures"](pictures=tf.constant(files))
    found = outputs["probabilities"].numpy()
    wanted = np.array([expected[name] for name in names], np.float32)
    difference = np.abs(found - wanted).max()
    assets = {pathlib.Path(os.fsdecode(asset.asset_path.numpy())).name for asset in loaded.asset_paths}
    classes = (folder / "model" / "assets" / "classes.txt").read_text(encoding="utf-8").splitlines()
    complete = assets == {"classes.txt", "model.json"} and len(classes) == wanted.shape[1]
    print(
        f"{folder.name}: {len(names)} picture files, greatest difference {difference:.3g},"
        f" assets {'complete' if complete else f'WRONG: {assets}'}"
    )
    return complete and difference <= OF_PICTURES


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
    pictures = check_pictures(folder, expected["pictures"])
    return same and difference <= TOLERANCE and alone <= TOLERANCE and pictures


def check_graph(folder):
    expected = json.loads((folder / "graph.json").read_text())
    loaded = tf.saved_model.load(str(folder / "model"))
    several = len(expected["inputs"]) > 1
    if several and list(loaded.signatures) != ["serving_default"]:
        print(f"{folder.name}: SEVERAL SIGNATURES, though there are several inputs")
        return False
    inputs = {
        name: tf.constant(np.array(given["values"], np.float32).reshape(given["shape"]))
        for name, given in expected["inputs"].items()
    }
    outputs = loaded.signatures["serving_default"](**inputs)
    worst = 0
    for number, named in expected["outputs"].items():
        for name, values in named.items():
            found = outputs[name].numpy()[int(number)].reshape(-1).astype(np.float64)
            wanted = np.array(values, np.float64).reshape(-1)
            scale = max(1, np.abs(wanted).max())
            worst = max(worst, np.abs(found - wanted).max() / scale)
    print(f"{folder.name}: {sorted(inputs)} to {sorted(outputs)}, greatest difference {worst:.3g}")
    return worst <= TOLERANCE


def main():
    root = pathlib.Path(__file__).resolve().parents[3] / "target" / "exports"
    images = sorted(path.parent for path in root.glob("*/expected.json"))
    graphs = sorted(path.parent for path in root.glob("*/graph.json"))
    if not images or not graphs:
        sys.exit(f"not all exports are in {root}: run mvn test first")
    results = [check(folder) for folder in images] + [check_graph(folder) for folder in graphs]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
