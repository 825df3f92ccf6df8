"""The example FineTune as a Keras program."""

import keras
import numpy as np
from keras import layers

import keras_digits

FEW = 25
EPOCHS, RATE = 40, 0.005


def network():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomRotation(10 / 360, fill_mode="constant"),
            layers.Conv2D(16, 3, padding="same", activation="relu", name="conv2d"),
            layers.MaxPooling2D(padding="same"),
            layers.Dropout(0.25),
            layers.Conv2D(32, 3, padding="same", activation="relu", name="conv2d_1"),
            layers.MaxPooling2D(padding="same"),
            layers.Dropout(0.25),
            layers.Conv2D(64, 3, padding="same", activation="relu", name="conv2d_2"),
            layers.MaxPooling2D(padding="same"),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(5),
        ]
    )


def compiled(model, rate):
    model.compile(
        keras.optimizers.Adam(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def five_from(first, images, labels):
    chosen = labels // 5 * 5 == first
    return images[chosen], labels[chosen] - first


keras.utils.set_random_seed(777)
train, validation, test = keras_digits.load()
images = np.concatenate([test[0], validation[0], train[0]])
labels = np.concatenate([test[1], validation[1], train[1]])
first, last = five_from(0, images, labels), five_from(5, images, labels)
few, rest = (last[0][:FEW], last[1][:FEW]), (last[0][FEW:], last[1][FEW:])

pretrained = compiled(network(), RATE)
pretrained.fit(*first, batch_size=50, epochs=EPOCHS, verbose=0)
print("0 to 4, the training images:", pretrained.evaluate(*first, verbose=0))

scratch = compiled(network(), RATE)
scratch.fit(*few, batch_size=100, epochs=4 * EPOCHS, verbose=0)
print("5 to 9, from scratch:", scratch.evaluate(*rest, verbose=0))

model = network()
for name in ["conv2d", "conv2d_1", "conv2d_2"]:
    model.get_layer(name).set_weights(pretrained.get_layer(name).get_weights())
    model.get_layer(name).trainable = False
compiled(model, RATE).fit(*few, batch_size=100, epochs=2 * EPOCHS, verbose=0)
print("5 to 9, with frozen convolutions:", model.evaluate(*rest, verbose=0))

model.trainable = True
compiled(model, RATE / 10).fit(*few, batch_size=100, epochs=2 * EPOCHS, verbose=0)
print("5 to 9, then fine-tuned:", model.evaluate(*rest, verbose=0))
