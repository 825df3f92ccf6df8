"""Prints what src/test/resources/losses.txt holds: losses and their gradients.

Run with tensorflow-cpu 2.16.2 and keras 3.15.1. A line is: loss, "losses" or "gradient", values with
nine digits each, from which a float32 is read back exactly. The gradient is that of the mean over the
batch, with respect to the outputs, row by row.

Each loss is computed for one example at a time, so that Keras' mean is that of the example.
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

SHAPE = (2, 2, 3, 3)  # [batch, height, width, n]
NUMBER = np.arange(np.prod(SHAPE))
OUTPUTS = ((NUMBER * 7 % 11 - 5) / 4).astype(np.float32).reshape(SHAPE)
VALUES = ((NUMBER * 5 % 13 - 6) / 8).astype(np.float32).reshape(SHAPE)
CLASSES = np.array([[[0, 1, 2], [2, 2, 0]], [[1, 1, 1], [0, 2, 1]]])
ONE_HOT = np.eye(3, dtype=np.float32)[CLASSES]
SEVERAL = (NUMBER * 3 % 5 % 2).astype(np.float32).reshape(SHAPE)
# In the first example three pixels are not labelled, in the second none is.
IGNORED = 255
PARTLY = np.where([[[1, 0, 1], [0, 1, 0]], [[1, 1, 1], [1, 1, 1]]], CLASSES, IGNORED)


def show(name, targets, loss, outputs=OUTPUTS):
    """The loss takes the targets and outputs of one example, with a batch of 1."""
    logits = tf.constant(outputs)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        losses = tf.stack(
            [tf.reduce_mean(loss(targets[i : i + 1], logits[i : i + 1])) for i in range(len(outputs))]
        )
        mean = tf.reduce_mean(losses)
    for kind, values in (("losses", losses), ("gradient", tape.gradient(mean, logits))):
        print(name, kind, *(f"{value:.9g}" for value in values.numpy().ravel()))


def cross_entropy(smoothing=0.0, weights=(1, 1, 1)):
    one = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=smoothing, reduction="none"
    )
    return lambda y, z: one(y, z) * tf.reduce_sum(y * tf.constant(weights, tf.float32), -1)


def dice(y, z):
    return keras.losses.Dice(axis=(1, 2))(y, tf.nn.softmax(z))


def tversky(y, z):
    # 0.3 for what is found by mistake, as in the paper: Keras takes alpha and beta for each other.
    return keras.losses.Tversky(alpha=0.7, beta=0.3, axis=(1, 2))(y, tf.nn.softmax(z))


def sigmoid(y, z):
    return keras.losses.BinaryCrossentropy(from_logits=True)(y, z)


def sigmoid_settings(y, z):
    # Not weighted_cross_entropy_with_logits, whose gradient at 0 is wrong.
    smooth = y * 0.8 + 0.1
    return smooth * (2, 1, 0.5) * tf.nn.softplus(-z) + (1 - smooth) * tf.nn.softplus(z)


def sigmoid_focal(gamma, alpha=None):
    balanced = {} if alpha is None else {"apply_class_balancing": True, "alpha": alpha}
    return keras.losses.BinaryFocalCrossentropy(gamma=gamma, from_logits=True, **balanced)


def focal(gamma, alpha=1.0, smoothing=0.0):
    return keras.losses.CategoricalFocalCrossentropy(
        alpha=alpha, gamma=gamma, from_logits=True, label_smoothing=smoothing
    )


def divergence(y, z):
    return keras.losses.KLDivergence()(y, tf.nn.softmax(z))


def poisson(y, z):
    return keras.losses.Poisson()(y, tf.exp(z))


# Probabilities of classes, and counts.
SHARES = tf.nn.softmax(VALUES).numpy()
COUNTS = (NUMBER * 3 % 5).astype(np.float32).reshape(SHAPE)
FOCAL = focal(0.5, [2.0, 1.0, 0.5], 0.2)


show("softmax", ONE_HOT, cross_entropy())
show("softmax-settings", ONE_HOT, cross_entropy(0.2, (2, 1, 0.5)))
show(
    "softmax-partly",
    PARTLY,
    keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=IGNORED),
)
show("sigmoid", SEVERAL, sigmoid)
show("squared", VALUES, keras.losses.MeanSquaredError())
show("absolute", VALUES, keras.losses.MeanAbsoluteError())
show("huber", VALUES, keras.losses.Huber(0.5))
show("dice", ONE_HOT, dice)
show("sum", ONE_HOT, lambda y, z: cross_entropy()(y, z) + 0.5 * dice(y, z))
show("tversky", ONE_HOT, tversky)
show("softmax-focal", ONE_HOT, focal(2.0))
show("softmax-focal-settings", ONE_HOT, FOCAL)
show("sigmoid-settings", SEVERAL, sigmoid_settings)
show("sigmoid-focal", SEVERAL, sigmoid_focal(2.0))
show("sigmoid-focal-settings", SEVERAL, sigmoid_focal(0.5, 0.25))
show("divergence", SHARES, divergence)
show("hinge", SEVERAL, keras.losses.Hinge())
show("squared-hinge", SEVERAL, keras.losses.SquaredHinge())
show("categorical-hinge", ONE_HOT, keras.losses.CategoricalHinge())
show("log-cosh", VALUES, keras.losses.LogCosh())
show("poisson", COUNTS, poisson)

# [batch, n]: the first pixels only.
FIRST = OUTPUTS[:, 0, 0]
show("softmax-rows", ONE_HOT[:, 0, 0], cross_entropy(0.2, (2, 1, 0.5)), FIRST)
show("sigmoid-rows", SEVERAL[:, 0, 0], sigmoid, FIRST)
show("absolute-rows", VALUES[:, 0, 0], keras.losses.MeanAbsoluteError(), FIRST)
show("huber-rows", VALUES[:, 0, 0], keras.losses.Huber(0.5), FIRST)
show("softmax-focal-rows", ONE_HOT[:, 0, 0], FOCAL, FIRST)
show("sigmoid-focal-rows", SEVERAL[:, 0, 0], sigmoid_focal(2.0), FIRST)
show("divergence-rows", SHARES[:, 0, 0], divergence, FIRST)
show("categorical-hinge-rows", ONE_HOT[:, 0, 0], keras.losses.CategoricalHinge(), FIRST)
