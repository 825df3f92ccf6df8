"""Loads what ExportTest, GraphModelsTest and ExportedExamplesTest exported, and compares Python's results with Java's.

    mvn test -Dtest=ExportTest,GraphModelsTest,ExportedExamplesTest && python src/test/python/check_export.py

Run with tensorflow-cpu 2.16.2. Each SavedModel is also converted with TFLiteConverter, and with the
option --onnx with tf2onnx. The results of the interpreter and of onnxruntime may differ by at most 1e-5.
For --onnx install tf2onnx and onnxruntime. Each folder in target/exports has a SavedModel in "model", and
either images with their probabilities in "expected.json", or inputs and outputs by name in "graph.json".
The exit code is 1 if any differ by more than 1e-6, relative to the largest value if that is above 1; for
the picture files in "pictures", which the graph decodes, by more than 0.005. The names of the classes in
the assets must be as many as the probabilities, or those in "graph.json".
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

TOLERANCE = 1e-6
OF_CONVERTED = 1e-5
OF_PICTURES = 0.005


def call(folder, images):
    loaded = tf.saved_model.load(str(folder / "model"))
    outputs = loaded.signatures["serving_default"](images=tf.constant(images))
    return outputs["probabilities"].numpy(), outputs["classes"].numpy()


def with_tflite(folder, inputs):
    """Returns the outputs of the model as TensorFlow Lite computes them."""
    converter = tf.lite.TFLiteConverter.from_saved_model(str(folder / "model"), signature_keys=["serving_default"])
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    return interpreter.get_signature_runner("serving_default")(**inputs)


def with_onnx(folder, inputs):
    """Returns the outputs of the model as onnxruntime computes them."""
    import onnxruntime
    from tf2onnx import convert

    with tempfile.TemporaryDirectory() as temporary:
        file = pathlib.Path(temporary) / "model.onnx"
        arguments = ["--saved-model", str(folder / "model"), "--signature_def", "serving_default"]
        before, sys.argv = sys.argv, ["tf2onnx", *arguments, "--opset", "17", "--output", str(file)]
        try:
            convert.main()
        finally:
            sys.argv = before
        session = onnxruntime.InferenceSession(str(file))
        names = [output.name for output in session.get_outputs()]
        # tf2onnx adds the number of the output to a name.
        taken = {given.name: inputs[given.name.split(":")[0]] for given in session.get_inputs()}
        return {name.split(":")[0]: value for name, value in zip(names, session.run(names, taken))}


def check_converted(folder, how, inputs, expected):
    """Compares what a converted model computes with the SavedModel."""
    found = how(folder, inputs)
    worst = 0
    for name, values in expected.items():
        wanted = np.asarray(values).astype(np.float64)
        scale = max(1, np.abs(wanted).max())
        worst = max(worst, np.abs(found[name].astype(np.float64) - wanted).max() / scale)
    print(f"{folder.name}: {how.__name__[5:]}, {sorted(expected)}, greatest difference {worst:.3g}")
    return worst <= OF_CONVERTED


def converted(folder, options, inputs):
    """Compares the results of the converters."""
    loaded = tf.saved_model.load(str(folder / "model"))
    tensors = {name: tf.constant(values) for name, values in inputs.items()}
    expected = loaded.signatures["serving_default"](**tensors)
    expected = {name: value.numpy() for name, value in expected.items()}
    converters = [with_tflite, with_onnx] if options.onnx else [with_tflite]
    return all([check_converted(folder, how, inputs, expected) for how in converters])


def assets_of(loaded):
    """Returns the names of the files that belong to a model."""
    return {pathlib.Path(os.fsdecode(asset.asset_path.numpy())).name for asset in loaded.asset_paths}


def check_pictures(folder, expected):
    """Checks the signature that takes the contents of picture files, and the assets."""
    loaded = tf.saved_model.load(str(folder / "model"))
    names = sorted(expected)
    files = [(folder / "pictures" / name).read_bytes() for name in names]
    outputs = loaded.signatures["predict_pictures"](pictures=tf.constant(files))
    found = outputs["probabilities"].numpy()
    wanted = np.array([expected[name] for name in names], np.float32)
    difference = np.abs(found - wanted).max()
    assets = assets_of(loaded)
    classes = (folder / "model" / "assets" / "classes.txt").read_text(encoding="utf-8").splitlines()
    complete = assets == {"classes.txt", "model.json"} and len(classes) == wanted.shape[1]
    print(
        f"{folder.name}: {len(names)} picture files, greatest difference {difference:.3g},"
        f" assets {'complete' if complete else f'WRONG: {assets}'}"
    )
    return complete and difference <= OF_PICTURES


def check(folder, options):
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
    also = converted(folder, options, {"images": images})
    return same and difference <= TOLERANCE and alone <= TOLERANCE and pictures and also


def check_graph(folder, options):
    expected = json.loads((folder / "graph.json").read_text())
    loaded = tf.saved_model.load(str(folder / "model"))
    several = len(expected["inputs"]) > 1
    if several and list(loaded.signatures) != ["serving_default"]:
        print(f"{folder.name}: SEVERAL SIGNATURES, though there are several inputs")
        return False
    inputs = {
        name: np.array(given["values"], np.float32).reshape(given["shape"])
        for name, given in expected["inputs"].items()
    }
    outputs = loaded.signatures["serving_default"](
        **{name: tf.constant(values) for name, values in inputs.items()}
    )
    worst = 0
    for number, named in expected["outputs"].items():
        for name, values in named.items():
            found = outputs[name].numpy()[int(number)].reshape(-1).astype(np.float64)
            wanted = np.array(values, np.float64).reshape(-1)
            scale = max(1, np.abs(wanted).max())
            worst = max(worst, np.abs(found - wanted).max() / scale)
    print(f"{folder.name}: {sorted(inputs)} to {sorted(outputs)}, greatest difference {worst:.3g}")
    return worst <= TOLERANCE and check_names(folder, loaded, expected) and converted(folder, options, inputs)


def check_names(folder, loaded, expected):
    """Compares the names of the classes in the assets with the model's, if there are any."""
    if "classNames" not in expected:
        return True
    wanted = expected["classNames"]
    assets = assets_of(loaded)
    file = folder / "model" / "assets" / "classes.txt"
    found = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    if found != wanted or assets != ({"classes.txt", "model.json"} if wanted else {"model.json"}):
        print(f"{folder.name}: WRONG ASSETS {assets} or names of classes {found}")
        return False
    return True


def main():
    parser = argparse.ArgumentParser(description="Compares exported models with what Java computed.")
    parser.add_argument("--onnx", action="store_true", help="also convert to ONNX, with tf2onnx")
    options = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parents[3] / "target" / "exports"
    images = sorted(path.parent for path in root.glob("*/expected.json"))
    graphs = sorted(path.parent for path in root.glob("*/graph.json"))
    if not images or not graphs:
        sys.exit(f"not all exports are in {root}: run mvn test first")
    results = [check(folder, options) for folder in images]
    results += [check_graph(folder, options) for folder in graphs]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
