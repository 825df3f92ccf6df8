"""Prints the gray that matplotlib 3.11 uses for values: resources/…/plot/colours.txt.

For each color map its 256 grays, then some float32 images: values, grays, -1 for a transparent
cell.
"""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

random = np.random.RandomState(0)
IMAGES = (
    np.arange(9),
    np.arange(9) * -1,
    np.zeros(3),
    np.full(3, -7.25),
    np.arange(257) / 256,
    random.uniform(size=60),
    random.normal(size=60) * 1e-3 + 5,
    np.array([np.nan, 1, np.inf, 2, -np.inf, 4]),
    np.array([np.nan, 3, np.nan]),
    np.array([np.nan, np.inf, -np.inf]),
    np.array([1e-38, 2e-38, 3e-38]),
    np.array([-1e38, 0, 1e37, 1e38]),
)


def greys(rgba):
    return [int(r) if a else -1 for r, g, b, a in rgba]


for name in ("gray", "Greys"):
    print(name, "table:", *greys(plt.get_cmap(name)(np.arange(256), bytes=True)))
    for values in IMAGES:
        row = np.array([values], dtype=np.float32)
        image = plt.imshow(row, cmap=name)
        print(name, "image:", *map(str, row[0]))
        print(name, "greys:", *greys(image.to_rgba(image.get_array(), bytes=True)[0]))
        plt.close()
