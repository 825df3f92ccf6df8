"""Writes HDF5 files that Keras never writes, for KerasMistakesTest.

    python write_hostile_keras.py DIR

writes links.h5, whose kernel is a link to another file, and chunks.h5, whose kernel is compressed.
src/test/resources/io/github/convnet4j/keras/versions/hostile.zip has both.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

CONFIG = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_shape": [None, 3], "name": "in"}},
            {"class_name": "Dense", "config": {"name": "dense", "units": 2, "use_bias": False}},
        ],
    },
}


def write(path, add_kernel):
    with h5py.File(path, "w") as f:
        f.attrs["keras_version"] = "3.15.1"
        f.attrs["model_config"] = json.dumps(CONFIG)
        weights = f.create_group("model_weights")
        weights.attrs["layer_names"] = [b"dense"]
        layer = weights.create_group("dense")
        layer.attrs["weight_names"] = [b"dense/kernel"]
        add_kernel(layer.create_group("dense"))


def link(group):
    group["kernel"] = h5py.ExternalLink("/etc/passwd", "/kernel")


def chunks(group):
    group.create_dataset("kernel", data=np.ones((3, 2), "f4"), chunks=(3, 1), compression="gzip")


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
write(folder / "links.h5", link)
write(folder / "chunks.h5", chunks)
