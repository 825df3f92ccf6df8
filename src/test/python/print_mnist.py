"""Prints what MnistTest expects of those data sets that are in a folder.

    python src/test/python/print_mnist.py FOLDER
"""

import gzip
import pathlib
import sys

import numpy as np


def read(folder, name, header):
    return np.frombuffer(gzip.open(folder / name).read(), np.uint8, offset=header)


for data_set, side in (("mnist", 28), ("fashion-mnist", 28), ("mednist-ct", 64)):
    folder = pathlib.Path(sys.argv[1]) / data_set
    if not folder.is_dir():
        continue
    train = read(folder, "train-images-idx3-ubyte.gz", 16).reshape(-1, side, side)
    train_labels = read(folder, "train-labels-idx1-ubyte.gz", 8)
    test = read(folder, "t10k-images-idx3-ubyte.gz", 16).reshape(-1, side, side)
    test_labels = read(folder, "t10k-labels-idx1-ubyte.gz", 8)
    validation = len(train) // 12
    for name, images, labels in (
        ("validation", train[:validation], train_labels[:validation]),
        ("train", train[validation:], train_labels[validation:]),
        ("test", test, test_labels),
    ):
        print(
            data_set,
            name,
            images.shape,
            "first labels",
            labels[:10].tolist(),
            "counts",
            np.bincount(labels).tolist(),
            "sum of pixels",
            int(images.sum()),
        )
