"""Prints what PictureScaleTest expects: tf.image.resize, bilinear with antialias, rounded half up."""

import numpy as np
import tensorflow as tf


def image(height, width, channels):
    """Values from 0 to 255 that the test can generate: 37 i modulo 256."""
    values = [37 * i % 256 for i in range(height * width * channels)]
    return np.array(values, np.float32).reshape(height, width, channels)


for size, to in [((5, 4, 1), (3, 3)), ((5, 4, 1), (8, 7)), ((7, 9, 1), (2, 4)), ((3, 2, 3), (2, 3)), ((4, 4, 1), (1, 1))]:
    scaled = tf.image.resize(image(*size), to, method="bilinear", antialias=True).numpy()
    rounded = np.floor(scaled + 0.5).astype(int).ravel()
    nearest_tie = np.abs(scaled - np.floor(scaled) - 0.5).min()
    print(size, "->", to, rounded.tolist(), "nearest to a tie: %.3f" % nearest_tie)
