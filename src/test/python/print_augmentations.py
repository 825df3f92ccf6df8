"""Prints what the augmentations' tests expect.

    print_augmentations.py images > src/test/resources/io/github/convnet4j/augment/images.txt
    print_augmentations.py contrast     (in PythonFiguresTest; needs TensorFlow)
    print_augmentations.py tensorflow > src/test/resources/io/github/convnet4j/augment/tensorflow.txt
    print_augmentations.py pillow > src/test/resources/io/github/convnet4j/augment/pillow.txt
    print_augmentations.py random       (in AugmentationRandomTest)

The images need SciPy (1.14.1 with numpy 1.26.4 was used): scipy.ndimage.affine_transform with
matrices that numpy inverts. TensorFlow 2.16.2 and Pillow 13.0.0 were used for colors.
"""

import sys

import numpy as np

HEIGHT, WIDTH, CHANNELS = 5, 6, 2
IMAGE = ((7 * np.arange(HEIGHT * WIDTH * CHANNELS)) % 11 / 10).astype(np.float32)
IMAGE = IMAGE.reshape(HEIGHT, WIDTH, CHANNELS)


# Where the pixel (row, column, 1), counted from the center, goes.


def shift(down, right):
    return np.array([[1, 0, down], [0, 1, right], [0, 0, 1]], float)


def rotate(degrees):
    """To the left: what is to the right of the center goes up."""
    a = np.deg2rad(degrees)
    return np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])


def zoom(factor):
    return np.diag([factor, factor, 1.0])


def shear(degrees):
    """What is above the center goes to the right."""
    return np.array([[1, 0, 0], [-np.tan(np.deg2rad(degrees)), 1, 0], [0, 0, 1]])


def flip(rows, columns):
    return np.diag([rows, columns, 1.0])


def moved(*movements, mode="grid-constant", cval=(0, 0)):
    from scipy.ndimage import affine_transform

    forward = np.eye(3)
    for movement in movements:
        forward = movement @ forward
    to_centre = np.eye(3)
    to_centre[:2, 2] = -(HEIGHT - 1) / 2, -(WIDTH - 1) / 2
    back = np.linalg.inv(to_centre) @ np.linalg.inv(forward) @ to_centre
    channels = [
        affine_transform(IMAGE[..., c], back, order=1, mode=mode, cval=cval[c])
        for c in range(CHANNELS)
    ]
    return np.stack(channels, axis=-1)


def print_images():
    cases = {
        "shift": [shift(1.25, -0.75)],
        "rotate": [rotate(30)],
        "rotate-right": [rotate(-75)],
        "zoom-in": [zoom(1.75)],
        "zoom-out": [zoom(0.625)],
        "shear": [shear(20)],
        "flip-horizontally": [flip(1, -1)],
        "flip-vertically": [flip(-1, 1)],
        "shift-rotate": [shift(1.25, -0.75), rotate(30)],
        "rotate-shift": [rotate(30), shift(1.25, -0.75)],
        "all": [shift(1.25, -0.75), rotate(30), zoom(1.75), shear(20), flip(1, -1)],
    }
    for name, movements in cases.items():
        print_image(name, moved(*movements))
    fills = {
        "constant": {"mode": "grid-constant", "cval": (0.25, 0.75)},
        "edge": {"mode": "nearest"},
        "reflect": {"mode": "reflect"},
    }
    for fill, how in fills.items():
        for name in ("shift", "rotate", "zoom-out", "far"):
            movements = cases.get(name, [zoom(0.25), rotate(30), shift(10, -20)])
            print_image(f"{fill}/{name}", moved(*movements, **how))


def print_image(name, image):
    print(name, *(f"{v:.7f}" for v in image.ravel()))


def print_contrast():
    import tensorflow as tf

    for factor in (0.5, 1.25):
        image = IMAGE[:2, :2] * 0.5 + 0.25
        print(factor, *tf.image.adjust_contrast(image, factor).numpy().ravel())


def levels():
    """A color image whose values are whole levels from 0 to 255, as Pillow needs them."""
    return ((37 * np.arange(12 * 10 * 3) ** 2 + 11) % 241).astype(np.uint8).reshape(12, 10, 3)


def print_tensorflow_colours():
    import tensorflow as tf

    image = tf.constant(levels() / np.float32(255))
    for turn in (0.1, -0.25, 0.5):
        print_image(f"hue={turn}", tf.image.adjust_hue(image, turn).numpy())
    for factor in (0.5, 1.5):
        print_image(f"saturation={factor}", tf.image.adjust_saturation(image, factor).numpy())


def print_pillow_colours():
    from PIL import Image, ImageEnhance, ImageOps

    image = Image.fromarray(levels())
    for factor in (0.25, 1.75):
        for name in ("Brightness", "Color", "Contrast", "Sharpness"):
            enhanced = getattr(ImageEnhance, name)(image).enhance(factor)
            print_levels(f"{name}={factor}", enhanced)
    print_levels("grayscale", image.convert("L").convert("RGB"))
    for bits in (1, 3, 6):
        print_levels(f"posterize={bits}", ImageOps.posterize(image, bits))
    print_levels("solarize=128", ImageOps.solarize(image, 128))
    dark = Image.fromarray(levels() // 2 + 30)
    print_levels("autocontrast", ImageOps.autocontrast(dark))
    large = Image.fromarray(np.tile(dark, (8, 8, 1)))  # fewer than 256 pixels would not change
    print_levels("equalize", ImageOps.equalize(large).crop((0, 0, 10, 12)))


def print_levels(name, image):
    print(name, *np.asarray(image).ravel())


# The algorithm of java.util.SplittableRandom: Steele, Lea and Flood, Fast Splittable Pseudorandom
# Number Generators, 2014.
GAMMA, MASK = 0x9E3779B97F4A7C15, 2**64 - 1


def next_long(seed):
    z = (seed + GAMMA) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def print_random():
    for seed, image in ((0, 0), (777, 0), (777, 1), (778, 0), (-1, 2**40)):
        start = next_long(next_long(seed & MASK) + image)
        numbers = next_long(start), next_long(start + GAMMA)
        print(seed, image, *(n - 2**64 if n >= 2**63 else n for n in numbers))


{
    "images": print_images,
    "contrast": print_contrast,
    "tensorflow": print_tensorflow_colours,
    "pillow": print_pillow_colours,
    "random": print_random,
}[sys.argv[1]]()
