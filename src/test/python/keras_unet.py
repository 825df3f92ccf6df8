"""The example UNet as a Keras program."""

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

import keras_digits

CLASSES = ["background", "0", "1", "2"]
SIDE = 32
SHOWN = 6


def block(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    return x


def network():
    image = keras.Input((SIDE, SIDE, 1), name="image")
    whole = block(image, 16)
    half = block(layers.MaxPooling2D()(whole), 32)
    quarter = block(layers.MaxPooling2D()(half), 64)
    up = layers.Conv2DTranspose(32, 2, strides=2)(quarter)
    half_again = block(layers.Concatenate()([half, up]), 32)
    up = layers.Conv2DTranspose(16, 2, strides=2)(half_again)
    whole_again = block(layers.Concatenate()([whole, up]), 16)
    return keras.Model(image, layers.Conv2D(len(CLASSES), 1, name="mask")(whole_again))


def pictures(images, labels, count, random):
    wanted = np.flatnonzero(labels < len(CLASSES) - 1)
    pixels = random.integers(128, size=(count, SIDE, SIDE))
    masks = np.zeros((count, SIDE, SIDE), "int32")
    for i in range(2 * count):
        digit = random.choice(wanted)
        size = 10 + random.integers(7)
        top = random.integers(SIDE - size + 1)
        left = i % 2 * SIDE // 2 + random.integers(SIDE // 2 - size + 1)
        at = np.arange(size) * 28 // size
        ink = images[digit, at[:, None], at, 0] >= 0.5
        place = (i // 2, slice(top, top + size), slice(left, left + size))
        pixels[place][ink] = 100 + random.integers(156, size=ink.sum())
        masks[place][ink] = 1 + labels[digit]
    return (pixels[..., None] / 255).astype("float32"), masks


keras.utils.set_random_seed(777)
train, _, test = keras_digits.load()
train_pictures, train_masks = pictures(*train, 2000, np.random.default_rng(777))
test_pictures, test_masks = pictures(*test, 200, np.random.default_rng(778))
model = network()
model.summary()
model.compile(
    keras.optimizers.Adam(0.003),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy", keras.metrics.MeanIoU(len(CLASSES), sparse_y_pred=False)],
)
model.fit(train_pictures, train_masks, batch_size=50, epochs=6, verbose=0)
share = (test_masks == 0).mean()
print(f"Nothing but background: accuracy {share:.4f}, mean_iou {share / len(CLASSES):.4f}")
scores = model.evaluate(test_pictures, test_masks, verbose=0, return_dict=True)
predicted = model.predict(test_pictures, verbose=0).argmax(axis=3)
dice = np.mean(
    [
        2 * ((test_masks == c) & (predicted == c)).sum()
        / ((test_masks == c).sum() + (predicted == c).sum())
        for c in range(len(CLASSES))
    ]
)
print("U-Net:", scores, "dice", dice)

for i in range(SHOWN):
    plt.subplot(3, SHOWN, 1 + i).imshow(test_pictures[i], "gray")
    plt.subplot(3, SHOWN, 1 + SHOWN + i).imshow(test_masks[i], "tab10", vmin=0, vmax=9)
    plt.subplot(3, SHOWN, 1 + 2 * SHOWN + i).imshow(predicted[i], "tab10", vmin=0, vmax=9)
for row, title in enumerate(["picture", "mask", "predicted"]):
    plt.subplot(3, SHOWN, 1 + row * SHOWN).set_title(title)
plt.savefig("unet.png")
