"""Writes small Keras models in all formats of the installed version of Keras, and what they compute.

    python write_keras_files.py DIR

writes into DIR, for each model below, NAME.keras, NAME.h5 and NAME.weights.h5 (NAME_weights.h5 in
Keras 2), as far as the version has the format, and NAME.txt: inputs and outputs, a line each.

src/test/resources/io/github/convnet4j/keras/versions has what some versions wrote, each packed with
(cd DIR && zip -9X VERSION.zip *): keras-2.2.5 (Python 3.7, TensorFlow 1.15), keras-2.9 and keras-2.12
(the Keras of that TensorFlow), tf_keras-2.16 (with TF_KERAS=1 in the environment), and keras-3.0.5,
3.3.3, 3.8.0, 3.11.3 and 3.15.1.
"""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

if os.environ.get("TF_KERAS"):
    import tf_keras as keras
else:
    import keras

L = keras.layers
VERSION = tuple(int(part) for part in keras.__version__.split(".")[:2])
MODELS = {}


def model(function):
    MODELS[function.__name__] = function
    return function


@model
def sequential():
    """A chain."""
    return keras.models.Sequential([
        L.Conv2D(4, 3, padding="same", activation="relu", input_shape=(8, 8, 1), name="first"),
        L.MaxPooling2D(2),
        L.Conv2D(6, 3, use_bias=False),
        L.BatchNormalization(scale=False),
        L.ReLU(6.0) if hasattr(L, "ReLU") else L.Activation("relu"),
        L.Dropout(0.25),
        L.Flatten(),
        L.Dense(5, activation="tanh"),
        L.Dense(3, activation="softmax"),
    ])


@model
def branches():
    """Two inputs, two outputs, joins, and a layer that is applied twice."""
    image = L.Input((9, 9, 2), name="image")
    age = L.Input((3,), name="age")
    both = L.Conv2D(4, (3, 1), strides=2, padding="same", name="both")
    a = both(image)
    b = both(L.AveragePooling2D(1)(image))
    x = L.Concatenate()([a, b])
    y = L.SeparableConv2D(8, 3, padding="same", activation="elu")(x)
    y = L.DepthwiseConv2D(3, padding="same", depth_multiplier=1)(y)
    x = L.Add()([x, y])
    x = L.ZeroPadding2D(((1, 0), (0, 2)))(x)
    x = L.Conv2DTranspose(3, 3, strides=2, padding="same")(x)
    x = L.Cropping2D(1)(x)
    x = L.LeakyReLU(0.2)(x)
    x = L.PReLU(shared_axes=[1, 2])(x)
    pooled = L.Concatenate()([L.GlobalAveragePooling2D()(x), L.GlobalMaxPooling2D()(x)])
    z = L.Concatenate()([pooled, L.Dense(4, activation="sigmoid")(age)])
    z = L.Multiply()([z, z])
    kind = L.Dense(3, activation="softmax", name="kind")(z)
    days = L.Dense(1, name="days")(z)
    return keras.models.Model([image, age], [kind, days])


def encoder():
    image = L.Input((6, 6, 3))
    x = L.Conv2D(5, 3, name="conv1")(image)
    x = L.BatchNormalization(name="norm1")(x)
    x = L.Activation("relu", name="act1")(x)
    x = L.Conv2D(4, 3, name="conv2")(x)
    x = L.BatchNormalization(name="norm2")(x)
    return keras.models.Model(image, x, name="encoder")


@model
def nested():
    """The idiom of transfer learning: part of a model within it is not trained."""
    base = encoder()
    base.get_layer("conv1").trainable = False
    base.get_layer("norm1").trainable = False
    image = L.Input((6, 6, 3))
    x = base(image, training=False) if VERSION >= (2, 9) else base(image)
    x = L.GlobalAveragePooling2D()(x)
    return keras.models.Model(image, L.Dense(2, activation="softmax", name="head")(x))


@model
def nested_chains():
    """Models within a Sequential."""
    head = keras.models.Sequential([L.Flatten(), L.Dense(3)], name="head")
    chain = keras.models.Sequential([encoder(), head, L.Activation("sigmoid")])
    chain.build((None, 6, 6, 3))
    return chain


@model
def siamese():
    """A model that is applied twice."""
    left = L.Input((6, 6, 3), name="left")
    right = L.Input((6, 6, 3), name="right")
    tower = encoder()
    difference = L.Subtract()([tower(left), tower(right)])
    return keras.models.Model([left, right], L.Dense(1)(L.Flatten()(difference)))


@model
def operators():
    """Arithmetic on tensors."""
    if VERSION < (2, 9):
        return None
    image = L.Input((5, 5, 3))
    x = L.Rescaling(1 / 127.5, offset=-1)(image)
    x = L.Conv2D(4, 3)(x)
    x = x * L.ReLU(6.0)(x + 3.0) * (1 / 6) - 0.5
    y = 1 - x
    x = (x + y * 2.0) / 4.0
    x = L.GroupNormalization(2)(x) if hasattr(L, "GroupNormalization") else x
    x = L.LayerNormalization()(x)
    x = L.Dense(3, activation="gelu")(x)
    x = L.GlobalAveragePooling2D(keepdims=True)(x)
    x = L.Reshape((3,))(x)
    return keras.models.Model(image, x)


@model
def yes_or_no():
    """Pixels from 0 to 255, and one sigmoid."""
    if VERSION < (3, 15):
        return None
    return keras.models.Sequential([
        L.Input((6, 6, 3)),
        L.Rescaling(1 / 255),
        L.Conv2D(4, 3, activation="relu"),
        L.GlobalAveragePooling2D(),
        L.Dense(1, activation="sigmoid"),
    ])


@model
def adapted():
    """Statistics that adapt() has stored."""
    if VERSION < (2, 9):
        return None
    norm = L.Normalization()
    norm.adapt(np.random.RandomState(3).uniform(0, 9, (20, 4, 4, 2)).astype("float32"))
    return keras.models.Sequential(
        [L.Input((4, 4, 2)), norm, L.Flatten(), L.Dense(2, kernel_regularizer="l2")]
    )


def fill(m, rng):
    """Weights that are different everywhere, and statistics that are not 0 and 1."""
    for layer in m.layers:
        if hasattr(layer, "layers"):
            fill(layer, rng)
        elif type(layer).__name__ != "Normalization":
            values = []
            for w in layer.get_weights():
                values.append(rng.uniform(0.3, 1, w.shape) if w.ndim == 1 else rng.uniform(-1, 1, w.shape))
            layer.set_weights(values)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in MODELS.items():
        keras.backend.clear_session()
        m = build()
        if m is None:
            continue
        rng = np.random.RandomState(5)
        fill(m, rng)
        inputs = [rng.uniform(-1, 1, (2,) + tuple(i.shape[1:])).astype("float32") for i in m.inputs]
        outputs = m.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
        outputs = outputs if isinstance(outputs, list) else [outputs]
        with open(folder / (name + ".txt"), "w") as text:
            for kind, arrays in (("input", inputs), ("output", outputs)):
                for array in arrays:
                    print(kind, *("%.9g" % v for v in np.asarray(array).ravel()), file=text)
        m.compile("adam", "mse")
        for end in (".keras", ".h5"):
            if end == ".h5" or VERSION >= (2, 12):
                try:
                    form = {"save_format": "keras_v3"} if end == ".keras" and VERSION < (3, 0) else {}
                    m.save(str(folder / (name + end)), **form)
                except Exception as e:
                    print(name + end, "was not written:", str(e)[:200])
        if VERSION < (3, 0):
            m.save_weights(str(folder / (name + "_weights.h5")))
        if VERSION >= (2, 12):
            m.save_weights(str(folder / (name + ".weights.h5")))
    print(keras.__version__, *sorted(p.name for p in folder.iterdir()))


main(pathlib.Path(sys.argv[1]))
