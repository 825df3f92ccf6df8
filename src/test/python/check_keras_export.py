"""Opens with Keras what KerasExportTest and KerasWriterTest exported, and compares Python's predictions with Java's.

    mvn test -Dtest=KerasExportTest,KerasWriterTest && python src/test/python/check_keras_export.py

Each folder in target/keras-exports has model.keras, and inputs and outputs in expected.json. The exit code
is 1 if any outputs differ by more than 1e-5, relative to the largest value if that is above 1, if a model
cannot be trained, or if it differs after it was saved and opened again. The trained models are saved as
trained.keras, with their predictions in trained.json, for KerasTrainedTest to read.
"""

import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

TOLERANCE = 1e-5


def tensors(model, examples):
    """Returns the examples' inputs in the model's order, [batch, …] each; a single one without a list."""
    inputs = [
        np.array([example["inputs"][tensor.name] for example in examples], np.float32).reshape(
            (-1,) + tuple(tensor.shape[1:])
        )
        for tensor in model.inputs
    ]
    return inputs if len(inputs) > 1 else inputs[0]


def predict(model, inputs):
    """Returns the outputs by their names."""
    predicted = model.predict(inputs, verbose=0)
    predicted = predicted if isinstance(predicted, list) else [predicted]
    return dict(zip(model.output_names, predicted))


def difference(expected, found):
    """Returns the largest difference, relative to the largest value if that is above 1."""
    expected = np.array(expected, np.float64).reshape(-1)
    found = np.array(found, np.float64).reshape(-1)
    return np.abs(expected - found).max() / max(1, np.abs(expected).max())


def check(folder):
    model = keras.models.load_model(folder / "model.keras")
    examples = json.loads((folder / "expected.json").read_text())
    inputs = tensors(model, examples)
    predicted = predict(model, inputs)
    worst = max(
        difference([example["outputs"][name] for example in examples], values)
        for name, values in predicted.items()
    )
    before = [variable.numpy() for variable in model.variables]
    model.compile("adam", "mse")
    targets = [np.zeros_like(values) for values in predicted.values()]
    model.fit(inputs, targets if len(targets) > 1 else targets[0], epochs=2, verbose=0)
    moved = sum(not np.array_equal(old, new.numpy()) for old, new in zip(before, model.variables))
    frozen = [layer.name for layer in model.layers if layer.weights and not layer.trainable]
    model.save(folder / "trained.keras")
    trained = predict(model, inputs)
    again = predict(keras.models.load_model(folder / "trained.keras"), inputs)
    kept = max(difference(trained[name], again[name]) for name in trained)
    named = [{name: values[i].reshape(-1).tolist() for name, values in trained.items()} for i in range(len(examples))]
    (folder / "trained.json").write_text(
        json.dumps([{"inputs": e["inputs"], "outputs": o} for e, o in zip(examples, named)])
    )
    print(
        f"{folder.name}: outputs {list(predicted)}, greatest difference {worst:.3g};"
        f" {moved} of {len(before)} variables trained, frozen {frozen}, saved again {kept:.3g}"
    )
    return worst <= TOLERANCE and moved > 0 and kept <= TOLERANCE


def main():
    root = pathlib.Path(__file__).resolve().parents[3] / "target" / "keras-exports"
    folders = sorted(path.parent for path in root.glob("*/expected.json"))
    if len(folders) < 4:
        sys.exit(f"not all exports are in {root}: run mvn test first")
    print("Keras", keras.__version__)
    results = [check(folder) for folder in folders]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
