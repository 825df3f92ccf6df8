"""The example OwnMetricAndLoss as a Keras program."""

import sys

import keras
import numpy as np
from keras import layers, ops

import keras_digits

FEW = 10


@keras.saving.register_keras_serializable()
class FocalLoss(keras.losses.Loss):
    def __init__(self, gamma=2, name="focal", **kwargs):
        super().__init__(name=name, **kwargs)
        self.gamma = gamma

    def call(self, targets, outputs):
        cross_entropy = ops.sparse_categorical_crossentropy(targets, outputs, from_logits=True)
        return (1 - ops.exp(-cross_entropy)) ** self.gamma * cross_entropy

    def get_config(self):
        return {**super().get_config(), "gamma": self.gamma}


@keras.saving.register_keras_serializable()
class WorstRecall(keras.metrics.Metric):
    def __init__(self, classes=10, name="worst_recall", **kwargs):
        super().__init__(name=name, **kwargs)
        self.classes = classes
        self.examples = self.add_variable((classes,), "zeros", name="examples")
        self.correct = self.add_variable((classes,), "zeros", name="correct")

    def update_state(self, targets, outputs, sample_weight=None):
        targets = ops.reshape(ops.cast(targets, "int32"), (-1,))
        hits = ops.cast(ops.equal(ops.argmax(outputs, axis=-1), targets), "float32")
        labels = ops.one_hot(targets, self.classes)
        self.examples.assign_add(ops.sum(labels, axis=0))
        self.correct.assign_add(ops.sum(labels * hits[:, None], axis=0))

    def result(self):
        recall = self.correct / ops.maximum(self.examples, 1)
        return ops.min(ops.where(self.examples > 0, recall, 1.0))

    def get_config(self):
        return {**super().get_config(), "classes": self.classes}


def network():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
            layers.MaxPooling2D(padding="same"),
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(padding="same"),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )


def with_few_eights_and_nines(images, labels):
    kept = [np.flatnonzero(labels == c)[: FEW if c > 7 else None] for c in range(10)]
    kept = np.sort(np.concatenate(kept))
    return images[kept], labels[kept]


def trained(loss):
    keras.utils.set_random_seed(777)
    model = network()
    model.compile(keras.optimizers.Adam(0.003), loss, metrics=["accuracy", WorstRecall()])
    stopping = keras.callbacks.EarlyStopping(
        "val_worst_recall", mode="max", patience=10, restore_best_weights=True
    )
    model.fit(
        *train,
        validation_data=validation,
        batch_size=50,
        epochs=40,
        callbacks=[stopping],
        verbose=0,
    )
    scores = model.evaluate(*test, verbose=0, return_dict=True)
    print(f"{loss.name}, epoch {stopping.best_epoch + 1}:", scores)
    return model


(images, labels), (more_images, more_labels), test = keras_digits.load()
images, labels = np.concatenate([more_images, images]), np.concatenate([more_labels, labels])
held_out = len(images) * 3 // 10
validation = images[:held_out], labels[:held_out]
train = with_few_eights_and_nines(images[held_out:], labels[held_out:])

trained(keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model = trained(FocalLoss(2))
model.save(sys.argv[1])
loaded = keras.models.load_model(sys.argv[1])
print("The same, saved and loaded:", loaded.evaluate(*test, verbose=0, return_dict=True))
