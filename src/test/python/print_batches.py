"""Prints the batches that BatchesTest expects: next_batch of TensorFlow 1's MNIST tutorial."""

import numpy as np


class Images:
    """Images that contain their own index, so that only the order matters."""

    def __init__(self, size):
        self.images = np.arange(size)
        self.position = 0
        self.epochs_completed = 0

    def shuffle(self):
        permutation = np.arange(len(self.images))
        np.random.shuffle(permutation)
        self.images = self.images[permutation]

    def next_batch(self, size):
        if self.epochs_completed == 0 and self.position == 0:
            self.shuffle()
        rest = self.images[self.position :]
        if size <= len(rest):
            self.position += size
            return rest[:size]
        self.shuffle()
        self.epochs_completed += 1
        self.position = size - len(rest)
        return np.concatenate((rest, self.images[: self.position]))


for size, batch, calls, seed in ((10, 5, 6, 777), (10, 4, 8, 777), (7, 7, 4, 1), (5, 3, 6, -1)):
    np.random.seed(seed % 2**32)
    images = Images(size)
    print(f"{size} images in batches of {batch}, seed {seed}")
    for _ in range(calls):
        print("   ", *images.next_batch(batch), "| epochs:", images.epochs_completed)
np.random.seed(777)
images = Images(55000)
batches = [images.next_batch(100) for _ in range(3 * 550)]
print("55,000 in batches of 100, seed 777, epochs:", images.epochs_completed)
print("first of epochs 1, 2, 3:", *(batches[550 * epoch][0] for epoch in range(3)))
print("last of all:", batches[-1][-1])
sums = [int(sum(b.sum() * (i + 1) for i, b in enumerate(batches)))]
print("sum of numbers, each times its batch's place from 1:", *sums)
