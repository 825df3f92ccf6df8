"""Prints what BundledDigitsTest expects: the bundled digits, enlarged by TensorFlow.

    python src/test/python/print_digits.py

Needs tensorflow-cpu. Halves are rounded up, as the library does.
"""

import gzip
import pathlib

import numpy as np
import tensorflow as tf

FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/github/convnet4j/files"


def read(name, header):
    return np.frombuffer(gzip.open(FOLDER / name).read(), np.uint8, offset=header)


labels = read("digits-labels-idx1-ubyte.gz", 8)
small = read("digits-images-idx3-ubyte.gz", 16).reshape(-1, 8, 8, 1)
# In float32 the interpolation is slightly off: this corrects the sums of weights in 196ths.
exact = np.round(tf.image.resize(small.astype(np.float32), (28, 28)).numpy()[..., 0] * 196) / 196
images = np.floor(exact.astype(np.float64) * 255 / 16 + 0.5).astype(np.int64)
for name, part in (
    ("validation", slice(0, 128)),
    ("train", slice(128, 1540)),
    ("test", slice(1540, 1797)),
):
    place = np.arange(1, 785).reshape(28, 28)
    print(
        name,
        len(labels[part]),
        "first labels",
        labels[part][:10].tolist(),
        "last labels",
        labels[part][-5:].tolist(),
        "counts",
        np.bincount(labels[part], minlength=10).tolist(),
        "sum of pixels",
        int(images[part].sum()),
        "each times its place from 1",
        int((images[part] * place).sum()),
    )
print("test image 0, row 14:", images[1540, 14].tolist())
