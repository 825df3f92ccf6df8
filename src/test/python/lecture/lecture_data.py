"""read_data_sets and next_batch with the semantics of the TensorFlow 1 tutorial."""

import gzip
import os

import numpy as np


class DataSet:
    def __init__(self, images, labels):
        self.images = images.reshape(len(images), -1).astype(np.float32) * np.float32(1 / 255.0)
        self.labels = labels
        self.num_examples = len(images)
        self._index_in_epoch = 0
        self._shuffled = False

    def _shuffle(self):
        permutation = np.arange(self.num_examples)
        np.random.shuffle(permutation)
        self.images = self.images[permutation]
        self.labels = self.labels[permutation]

    def next_batch(self, batch_size):
        start = self._index_in_epoch
        if not self._shuffled:
            self._shuffle()
            self._shuffled = True
        if start + batch_size <= self.num_examples:
            self._index_in_epoch = start + batch_size
            return self.images[start : start + batch_size], self.labels[start : start + batch_size]
        rest_images, rest_labels = self.images[start:], self.labels[start:]
        self._shuffle()
        self._index_in_epoch = batch_size - len(rest_images)
        return (
            np.concatenate([rest_images, self.images[: self._index_in_epoch]]),
            np.concatenate([rest_labels, self.labels[: self._index_in_epoch]]),
        )


class DataSets:
    def __init__(self, directory, one_hot):
        images, labels = _read(directory, "train", one_hot)
        self.validation = DataSet(images[:5000], labels[:5000])
        self.train = DataSet(images[5000:], labels[5000:])
        self.test = DataSet(*_read(directory, "t10k", one_hot))


def _read(directory, name, one_hot):
    with gzip.open(os.path.join(directory, name + "-images-idx3-ubyte.gz")) as file:
        count, rows, columns = np.frombuffer(file.read(16), ">u4")[1:]
        images = np.frombuffer(file.read(), np.uint8).reshape(count, rows, columns)
    with gzip.open(os.path.join(directory, name + "-labels-idx1-ubyte.gz")) as file:
        file.read(8)
        labels = np.frombuffer(file.read(), np.uint8)
    return images, np.eye(10)[labels] if one_hot else labels


def read_data_sets(directory, one_hot=False):
    return DataSets(directory, one_hot)
