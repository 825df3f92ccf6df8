"""The example TwoInputs as a Keras program."""

import keras
import numpy as np
from keras import layers

import keras_digits

TIMES = 4


def network():
    image = keras.Input((28, 28, 1), name="image")
    number = keras.Input((1,), name="number")
    seen = layers.Conv2D(16, 3, padding="same", activation="relu")(image)
    seen = layers.MaxPooling2D(padding="same")(seen)
    seen = layers.Conv2D(32, 3, padding="same", activation="relu")(seen)
    seen = layers.MaxPooling2D(padding="same")(seen)
    seen = layers.Dense(32, activation="relu")(layers.Flatten()(seen))
    both = layers.Concatenate()([seen, layers.Dense(16, activation="relu")(number)])
    both = layers.Dense(64, activation="relu")(both)
    larger = layers.Dense(2, name="larger")(both)
    total = layers.Dense(1, name="sum")(both)
    return keras.Model([image, number], {"larger": larger, "sum": total})


def examples(images, labels, random):
    images, labels = np.repeat(images, TIMES, axis=0), np.repeat(labels, TIMES)
    numbers = random.integers(10, size=len(labels))
    inputs = {"image": images, "number": numbers[:, None].astype("float32")}
    return inputs, {"larger": (labels > numbers).astype("int64"), "sum": labels + numbers}


keras.utils.set_random_seed(777)
train, _, test = keras_digits.load()
inputs, targets = examples(*train, np.random.default_rng(777))
model = network()
model.summary()
model.compile(
    keras.optimizers.Adam(0.002),
    {
        "larger": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "sum": "mean_squared_error",
    },
    loss_weights={"larger": 1, "sum": 0.1},
    metrics={"larger": ["accuracy"], "sum": ["mean_absolute_error"]},
)
model.fit(inputs, targets, batch_size=50, epochs=10, verbose=0)
test_inputs, test_targets = examples(*test, np.random.default_rng(778))
print("Test:", model.evaluate(test_inputs, test_targets, verbose=0, return_dict=True))
print("With one input, at best: larger_accuracy 0.75, sum_mean_absolute_error 2.5")

shown = {"image": test[0][:5], "number": np.arange(5, dtype="float32")[:, None]}
answers = model.predict(shown, verbose=0)
for i in range(5):
    larger = ["no", "yes"][answers["larger"][i].argmax()]
    print(f"Digit {test[1][i]} and number {i}: larger {larger}, sum {answers['sum'][i][0]:.1f}")
