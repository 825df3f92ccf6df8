"""Contestant: Keras on TensorFlow, Sequential and fit. Arguments: [POLICY] NET FOLDER.

The policy is Keras' dtype policy, such as mixed_bfloat16; without one it is float32.
"""

import sys

import keras
import numpy as np
import tensorflow as tf
from keras import initializers, layers

from conversation import BATCH_SIZE, KEEP_PROB, LEARNING_RATE, SEED, Conversation, Work

EVALUATED_AT_ONCE = 500


def conv_block(filters, dropout):
    block = [
        layers.Conv2D(
            filters,
            3,
            padding="same",
            use_bias=False,
            activation="relu",
            kernel_initializer=initializers.RandomNormal(stddev=0.01),
        ),
        layers.MaxPooling2D(2, padding="same"),
    ]
    return block + ([layers.Dropout(1 - KEEP_PROB)] if dropout else [])


def dense(units, activation=None):
    bias = initializers.RandomNormal(stddev=1)
    return layers.Dense(units, activation=activation, bias_initializer=bias)


def ex11_8(classes):
    return [*conv_block(32, False), *conv_block(64, False), layers.Flatten(), dense(classes)]


def ex11_9(classes):
    blocks = [layer for filters in (32, 64, 128) for layer in conv_block(filters, True)]
    hidden = [layers.Flatten(), dense(625, "relu"), layers.Dropout(1 - KEEP_PROB)]
    return [*blocks, *hidden, dense(classes)]


class Steps(keras.callbacks.Callback):
    """Pauses fit between the runner's requests; computes a batch's cost from the running mean."""

    def __init__(self, talk):
        super().__init__()
        self.over = False
        self._talk = talk
        self._sum = 0.0

    def on_epoch_begin(self, epoch, logs=None):
        self._sum = 0.0

    def on_train_batch_begin(self, batch, logs=None):
        # The first batch waits here; the others wait between batches.
        if batch == 0:
            self._await()

    def on_train_batch_end(self, batch, logs=None):
        total = logs["loss"] * (batch + 1)
        self._talk.step_done(total - self._sum)
        self._sum = total
        if batch + 1 < self.params["steps"]:
            self._await()

    def _await(self):
        if not self._talk.next_step():
            self.over = True
            raise KeyboardInterrupt


def main():
    *policy, net, folder = sys.argv[1:]
    if policy:
        keras.mixed_precision.set_global_policy(policy[0])
    work = Work(folder)
    keras.utils.set_random_seed(SEED)
    train_images = work.train_images[..., np.newaxis]
    test_images = work.test_images[..., np.newaxis]
    input_shape = train_images.shape[1:]
    # Keras' guide to mixed precision ends a network in float32; without a policy this does nothing.
    last = [layers.Activation("linear", dtype="float32")] if policy else []
    model = keras.Sequential([layers.Input(input_shape), *globals()[net](work.classes), *last])
    model.compile(
        optimizer=keras.optimizers.Adam(LEARNING_RATE, epsilon=1e-8),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )

    def evaluate():
        logits = model.predict(test_images, batch_size=EVALUATED_AT_ONCE, verbose=0)
        return np.sum(logits.argmax(1) == work.test_labels)

    def predict(i):
        # Keras recommends calling the model directly for single images; predict() is for many.
        logits = model(test_images[i : i + 1], training=False)
        return logits.numpy().argmax() == work.test_labels[i]

    engine = f"Keras {keras.__version__} on TensorFlow {tf.__version__}"
    steps = Steps(Conversation(engine, evaluate, predict))
    try:
        for order in work.order:
            # The images are put in order before the epoch, outside the timed steps.
            model.fit(
                train_images[order],
                work.train_labels[order],
                batch_size=BATCH_SIZE,
                shuffle=False,
                verbose=0,
                callbacks=[steps],
            )
    except KeyboardInterrupt:
        if not steps.over:
            raise


if __name__ == "__main__":
    main()
