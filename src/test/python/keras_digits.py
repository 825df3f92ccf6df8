"""The digits that come with the library, as BundledDigits.read() returns them, for the programs keras_*.py."""

import gzip
import pathlib

import tensorflow as tf

FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/github/convnet4j/files"


def load():
    """Returns images [n, 28, 28, 1] from 0 to 1 and labels [n], for training, validation and test."""
    with gzip.open(FOLDER / "digits-images-idx3-ubyte.gz") as file:
        small = tf.io.decode_raw(file.read()[16:], tf.uint8)
    with gzip.open(FOLDER / "digits-labels-idx1-ubyte.gz") as file:
        labels = tf.io.decode_raw(file.read()[8:], tf.uint8).numpy().astype("int64")
    small = tf.cast(tf.reshape(small, [-1, 8, 8, 1]), tf.float32) / 16
    images = tf.image.resize(small, [28, 28], method="bilinear").numpy()
    train, validation, test = slice(128, -257), slice(0, 128), slice(-257, None)
    return [(images[part], labels[part]) for part in (train, validation, test)]
