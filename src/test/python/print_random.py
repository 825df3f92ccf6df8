"""Prints the numbers that EpochOrderTest and PythonRandomTest expect."""

import random

import numpy as np

np.random.seed(777)
order = np.arange(55000)
np.random.shuffle(order)
print("numpy 777, 55,000, first ten:", order[:10].tolist())
np.random.shuffle(order)
print("again, first ten:", order[:10].tolist())
print("checksum:", int((order * np.arange(55000) % 1000003).sum()))
for seed in (0, 1, 777, 2**31 - 1, 2**32 - 1):
    np.random.seed(seed)
    small = np.arange(10)
    np.random.shuffle(small)
    print("numpy", seed, small.tolist())
for seed in (0, 1, 777, -777, 2**31 - 1):
    random.seed(seed)
    print(
        "python",
        seed,
        [random.randint(0, 9999) for _ in range(5)],
        [random.randint(-3, 2**30) for _ in range(3)],
        [random.randint(5, 5), random.randint(0, 1), random.randint(0, 255)],
    )
