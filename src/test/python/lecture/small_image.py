"""The 3x3 image, 1 to 9, that the first notebooks convolve."""

import numpy as np


def small_image():
    """float32 of shape (1, 3, 3, 1): one image, three rows, three columns, one channel."""
    return np.arange(1, 10, dtype=np.float32).reshape(1, 3, 3, 1)
