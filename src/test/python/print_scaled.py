"""Makes scaled.tsv of PictureScaleTest: what TensorFlow and Keras make of a picture, rounded half up.

    python src/test/python/print_scaled.py > src/test/resources/io/github/convnet4j/picture/scaled.tsv

Each line has the size of a picture [height, width, channels] whose values are 37 i modulo 256, the new height and width,
fit, interpolation, antialias, padding, and the pixels. Values that lie within 0.001 of a tie are printed as they are.
"""

import math

import keras
import numpy as np
import tensorflow as tf


def image(height, width, channels):
    values = [37 * i % 256 for i in range(height * width * channels)]
    return np.array(values, np.float32).reshape(height, width, channels)


def scaled(pixels, to, fit, method, antialias, padding):
    height, width = pixels.shape[:2]
    if fit == "CENTER":
        moved = tf.image.resize_with_crop_or_pad(pixels - padding, *to)
        return moved.numpy() + padding
    if fit == "CROP":
        # As keras.utils.image_dataset_from_directory does it; keras.preprocessing.image.smart_resize is the same.
        cut_height = max(1, min(height, int(float(width * to[0]) / to[1])))
        cut_width = max(1, min(width, int(float(height * to[1]) / to[0])))
        top = int(float(height - cut_height) / 2)
        left = int(float(width - cut_width) / 2)
        pixels = pixels[top : top + cut_height, left : left + cut_width]
    if fit == "PAD":
        full_height = max(height, int(float(width * to[0]) / to[1]))
        full_width = max(width, int(float(height * to[1]) / to[0]))
        # Keras adds the same number of pixels on both sides.
        top = int(float(full_height - height) / 2)
        left = int(float(full_width - width) / 2)
        pixels = np.pad(pixels, ((top, top), (left, left), (0, 0)), constant_values=padding)
    return tf.image.resize(pixels, to, method=method.lower(), antialias=antialias).numpy()


def compare(pixels, to, crop, pad):
    """Checks that Keras' own function gives the same."""
    theirs = keras.utils.img_to_array(
        keras.ops.image.resize(
            pixels, to, interpolation="bilinear", antialias=False, crop_to_aspect_ratio=crop, pad_to_aspect_ratio=pad,
            fill_value=9, data_format="channels_last",
        )
    )
    ours = scaled(pixels, to, "CROP" if crop else "PAD" if pad else "STRETCH", "BILINEAR", False, 9)
    assert np.abs(theirs - ours).max() < 1e-3, (pixels.shape, to, crop, pad)


SIZES = [((5, 4, 1), (3, 3)), ((5, 4, 1), (8, 7)), ((7, 9, 1), (2, 4)), ((3, 2, 3), (2, 3)), ((9, 14, 3), (6, 5)), ((4, 4, 1), (1, 1))]
ties = math.inf
for size, to in SIZES:
    for fit in ("STRETCH", "CROP", "PAD", "CENTER"):
        for method in ("NEAREST", "BILINEAR", "BICUBIC", "LANCZOS3", "AREA"):
            for antialias in (True, False):
                if (fit == "CENTER" and method != "BILINEAR") or (method in ("NEAREST", "AREA") and not antialias):
                    continue
                padding = 9 if fit in ("PAD", "CENTER") else 0
                result = scaled(image(*size), to, fit, method, antialias, padding).clip(0, 255)
                values = [f"{v:.4f}" if abs(v % 1 - 0.5) < 0.001 else str(math.floor(v + 0.5)) for v in result.ravel()]
                print(*["x".join(map(str, size)), "x".join(map(str, to)), fit, method, str(antialias).lower(), padding, " ".join(values)], sep="\t")
    for crop, pad in ((False, False), (True, False), (False, True)):
        compare(image(*size), to, crop, pad)
