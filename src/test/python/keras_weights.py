"""Trains small models with class weights and sample weights in Keras, and prints each epoch's loss and the last
weights: the figures of WeightsInTrainingTest. Each epoch is one batch, so the order of the examples does not matter."""
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import keras

SIZE = 6
x = np.array([[(i * 7 + j * 3) % 11 / 11 for j in range(4)] for i in range(SIZE)], np.float32)
labels = np.array([0, 1, 2, 0, 0, 1])
one_hot = keras.utils.to_categorical(labels, 3)
numbers = np.array([[(i * 5 % 7) / 7] for i in range(SIZE)], np.float32)
several = np.array([[i % 2, i // 3] for i in range(SIZE)], np.float32)
weights = np.array([1, 0.5, 2, 0, 3, 1.5], np.float32)
kernel = lambda n: np.array([[((i + 2 * j) % 5 - 2) / 4 for j in range(n)] for i in range(4)], np.float32)

def show(name, model, history):
    print(name, [round(float(l), 7) for l in history.history["loss"]])
    for v in model.trainable_variables:
        print("   ", v.path, np.round(v.numpy().ravel(), 6).tolist())

def single(name, n, y, loss, **fit):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(n)])
    model.set_weights([kernel(n), np.zeros(n, np.float32)])
    model.compile(keras.optimizers.SGD(0.5), loss)
    show(name, model, model.fit(x, y, batch_size=SIZE, epochs=3, verbose=0, **fit))

softmax = keras.losses.CategoricalCrossentropy(from_logits=True)
sigmoid = keras.losses.BinaryCrossentropy(from_logits=True)
single("classes", 3, one_hot, softmax, class_weight={0: 0.5, 1: 1, 2: 4})
single("examples", 3, one_hot, softmax, sample_weight=weights)
single("numbers", 1, numbers, "mse", sample_weight=weights)
single("labels", 2, several, sigmoid, sample_weight=weights)

image = keras.Input((4,))
both = keras.Model(image, [keras.layers.Dense(3, name="kind")(image), keras.layers.Dense(1, name="days")(image)])
both.get_layer("kind").set_weights([kernel(3), np.zeros(3, np.float32)])
both.get_layer("days").set_weights([kernel(1), np.zeros(1, np.float32)])
both.compile(keras.optimizers.SGD(0.5), [softmax, "mse"], loss_weights=[1, 0.5])
show("outputs", both, both.fit(x, [one_hot, numbers], sample_weight=[weights, weights], batch_size=SIZE, epochs=3, verbose=0))
