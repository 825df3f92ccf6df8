"""The example Autoencoder as a Keras program."""

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

import keras_digits

NUMBERS = 8
SHOWN = 6

keras.utils.set_random_seed(777)
(train, _), _, (test, _) = keras_digits.load()
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        layers.Flatten(),
        layers.Dense(NUMBERS, name="code"),
        layers.Dense(7 * 7 * 32, activation="relu"),
        layers.Reshape((7, 7, 32)),
        layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
    ]
)
model.summary()
model.compile(keras.optimizers.Adam(0.002), "mean_squared_error")
model.fit(train, train, batch_size=50, epochs=20, verbose=0)
print(f"Error of the reconstructions: {model.evaluate(test, test, verbose=0):.4f}")
print(f"Error of the mean image: {np.square(test - train.mean(axis=0)).mean():.4f}")

images = test[: 2 * SHOWN]
reconstructions = model.predict(images, verbose=0)
for i in range(2 * SHOWN):
    below = i // SHOWN * 2 * SHOWN + i % SHOWN + 1
    plt.subplot(4, SHOWN, below).imshow(images[i], "Greys", vmin=0, vmax=1)
    plt.subplot(4, SHOWN, below + SHOWN).imshow(reconstructions[i], "Greys", vmin=0, vmax=1)
plt.savefig("autoencoder.png")
