"""Writes Keras' convolutional networks with random weights, and what Keras computes with them.

    python write_keras_networks.py networks DIR [NAME …]

writes a folder for each network of keras.applications: the model as network.keras, and as float32
the inputs, the outputs, and the gradients of the loss with respect to the first and the last kernel.
ApplicationsTest compares them with what this library computes. All networks take 1.2 GB and some ten
minutes. A folder of pictures, CONVNET4J_DATA/photos, adds a photograph to the random inputs.

    python write_keras_networks.py figures [NAME …]

writes the configurations and figures in src/test/resources/io/github/convnet4j/keras/networks, whose
weights follow from a formula, so that no file has to hold them; also those of described_networks.py.

Run with the packages in requirements.txt.
"""

import gzip
import json
import os
import pathlib
import sys
import zlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

import described_networks

A = keras.applications
NETWORKS = {
    "mobilenet": A.MobileNet,
    "mobilenet_v2": A.MobileNetV2,
    "mobilenet_v3_small": A.MobileNetV3Small,
    "mobilenet_v3_large": A.MobileNetV3Large,
    "resnet50": A.ResNet50,
    "resnet50_v2": A.ResNet50V2,
    "vgg16": A.VGG16,
    "densenet121": A.DenseNet121,
    "efficientnet_b0": A.EfficientNetB0,
    "efficientnet_v2b0": A.EfficientNetV2B0,
    "xception": A.Xception,
    "nasnet_mobile": A.NASNetMobile,
    "inception_v3": A.InceptionV3,
    "inception_resnet_v2": A.InceptionResNetV2,
    "convnext_tiny": A.ConvNeXtTiny,
}
# In these, rounding decides which of many nearly equal values max pooling passes on, so gradients are
# not exact in float32. rounding.txt has the differences between float32 and float64 in Keras. Both
# networks are also written with average pooling, which has exact gradients.
WITH_CLOSE_MAXIMA = ["inception_v3", "inception_resnet_v2"]
RESOURCES = (
    pathlib.Path(__file__).parent.parent / "resources/io/github/convnet4j/keras/networks"
)
# Networks that are small enough for every run of the tests, their input sizes, and the variance of
# kernels times the fan-in, with which values neither vanish nor explode.
FIGURES = {
    "mobilenet_v2": (96, 6),
    "mobilenet_v3_small": (96, 6),
    "efficientnet_b0": (64, 25),
    "nasnet_mobile": (96, 3),
    "resnet50": (64, 3),
    "resnet50_v2": (64, 3),
    "lenet": (28, 12),
    "resnet18": (64, 3),
    "efficientnet_lite0": (64, 6),
    "unet": (8, 6),
}
LABELS = [3, 7]


def kernels(model):
    """The kernels of the first and of the last layer that has one."""
    all_kernels = [w for w in model.trainable_weights if w.path.split("/")[-1] == "kernel"]
    return all_kernels[0], all_kernels[-1]


def loss_and_gradients(model, x):
    """What Keras computes in inference: outputs, and gradients of the mean cross-entropy."""
    first, last = kernels(model)
    with tf.GradientTape() as tape:
        y = model(x, training=False)
        # Each pixel is an example, if the network has an output for each.
        examples = tf.reshape(y, (-1, y.shape[-1]))
        labels = np.resize(LABELS, len(examples))
        loss = -tf.reduce_mean(tf.math.log(tf.gather(examples, labels, axis=1, batch_dims=1)))
    gradients = tape.gradient(loss, [first.value, last.value])
    return y.numpy(), gradients[0].numpy(), gradients[1].numpy(), first.path, last.path


def photo(size):
    folder = pathlib.Path(os.environ.get("CONVNET4J_DATA", "")) / "photos"
    if not (folder / "chelsea.png").exists():
        return None
    image = keras.utils.load_img(folder / "chelsea.png", target_size=(size, size))
    return np.asarray(image, np.float32)


def randomize(model, x, rng):
    """Random weights, and moving statistics near those of the inputs, so that nothing saturates.

    Most values before a ReLU are far from its corner. Otherwise rounding decides on which side many of
    them are, and the gradients of two runs of Keras itself differ by a hundredth.
    """
    norms = []
    for layer in model._flatten_layers(include_self=False):
        if isinstance(layer, keras.layers.Normalization):
            continue
        norm = isinstance(layer, keras.layers.BatchNormalization)
        for w in layer.weights:
            name = w.path.split("/")[-1]
            if name == "gamma":
                w.assign(rng.uniform(0.2, 0.4, w.shape) if norm else rng.uniform(0.7, 1.3, w.shape))
            elif name == "beta" and norm:
                w.assign(rng.uniform(0.8, 1.5, w.shape))
            elif name in ("beta", "bias"):
                w.assign(rng.uniform(-0.2, 0.2, w.shape))
        if norm:
            norms.append((layer, layer.momentum))
            layer.momentum = 0.0
    model(x, training=True)
    for layer, momentum in norms:
        layer.momentum = momentum
        mean, variance = layer.moving_mean, layer.moving_variance
        deviation = np.sqrt(np.asarray(variance) + 1e-3)
        mean.assign(np.asarray(mean) + deviation * rng.uniform(-0.2, 0.2, mean.shape))
        factor = rng.uniform(0.7, 1.4, variance.shape) * (1 if layer.scale else 10)
        variance.assign(np.asarray(variance) * factor + 1e-3)
    logits = np.log(np.asarray(model(x, training=False)))
    kernel = kernels(model)[1]
    kernel.assign(kernel * (1.5 / np.std(logits, axis=1).mean()))


def with_average_pooling(model):
    def clone(layer):
        config = layer.get_config()
        if isinstance(layer, keras.layers.MaxPooling2D):
            return keras.layers.AveragePooling2D.from_config(config)
        return layer.__class__.from_config(config)

    return keras.models.clone_model(model, clone_function=clone)


def in_float64(build, model, x):
    """What Keras computes in float64 with the same weights."""
    keras.utils.clear_session()
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    twin = build()
    twin.set_weights(model.get_weights())
    result = loss_and_gradients(twin, x.astype(np.float64))
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    return result


def write_network(folder, name, average=False):
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    rng = np.random.default_rng(7)
    size = 299 if "ception" in name else 224

    def build():
        model = NETWORKS[name](weights=None, input_shape=(size, size, 3))
        return with_average_pooling(model) if average else model

    model = build()
    real = photo(size)
    images = [rng.uniform(0, 255, (size, size, 3)).astype(np.float32)]
    images.append(rng.uniform(0, 255, (size, size, 3)).astype(np.float32) if real is None else real)
    x = np.stack(images)
    if not any(type(l).__name__ in ("Rescaling", "Normalization") for l in model.layers):
        x = x / 127.5 - 1
    x = x.astype(np.float32)
    randomize(model, x, rng)
    target = folder / (name + "_with_average_pooling" if average else name)
    target.mkdir(parents=True, exist_ok=True)
    model.save(target / "network.keras")
    y, first, last, first_path, last_path = loss_and_gradients(model, x)
    for what, values in dict(input=x, output=y, first=first, last=last).items():
        (target / f"{what}.f32").write_bytes(values.astype("<f4").tobytes())
    (target / "kernels.txt").write_text(f"{first_path}\n{last_path}\n")
    if name in WITH_CLOSE_MAXIMA and not average:
        exact = in_float64(build, model, x)
        rounding = [np.abs(e - v).max() / np.abs(e).max() for e, v in zip(exact, (y, first, last))]
        (target / "rounding.txt").write_text("".join(f"{v}\n" for v in rounding))
    print(target.name, model.count_params(), float(y.max()), flush=True)


def uniform(count, salt):
    """Numbers from -1 to 1 that depend on nothing but their position; FormulaWeights has the same."""
    z = (np.arange(count, dtype=np.uint64) + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.float64) / 2**23 - 1).astype(np.float32)


def by_formula(shape, layer, index, name, gain):
    count = int(np.prod(shape))
    values = uniform(count, zlib.crc32(f"{layer}/{index}".encode())).reshape(shape)
    if name == "gamma":
        return 1 + values / 4
    if name.endswith("variance"):
        return 1 + values / 2
    if name in ("beta", "bias", "moving_mean"):
        return values / 8
    depthwise = "depthwise" in layer or "depthwise" in name
    fan_in = np.prod(shape[:2] if depthwise else shape[:-1])
    return values * np.float32(np.sqrt(gain / fan_in))


def write_figures(names):
    RESOURCES.mkdir(parents=True, exist_ok=True)
    for name in names:
        size, gain = FIGURES[name]
        keras.utils.clear_session()
        network = NETWORKS.get(name) or getattr(described_networks, name)
        with np.errstate(over="ignore"):
            channels = 1 if name == "lenet" else 3
            model = network(weights=None, input_shape=(size, size, channels), classes=10)
            for layer in model.layers:
                if isinstance(layer, keras.layers.Normalization):
                    continue
                for index, w in enumerate(layer.weights):
                    kind = w.path.split("/")[-1]
                    w.assign(by_formula(tuple(w.shape), layer.name, index, kind, gain))
            x = uniform(2 * size * size * channels, 1).reshape(2, size, size, channels)
            if any(type(l).__name__ in ("Rescaling", "Normalization") for l in model.layers):
                x = 127.5 * (x + 1)
        y, first, last, first_path, last_path = loss_and_gradients(model, x)
        config = json.dumps(json.loads(model.to_json()), separators=(",", ":"))
        (RESOURCES / f"{name}.json.gz").write_bytes(gzip.compress(config.encode(), 9, mtime=0))
        numbers = sum(
            layer.count_params()
            for layer in model.layers
            if not isinstance(layer, keras.layers.Normalization)
        )
        lines = [f"parameters {numbers} gain {gain}"]
        lines.append("output " + " ".join(f"{v:.8g}" for v in y.ravel()))
        for path, values in ((first_path, first), (last_path, last)):
            flat = values.ravel()
            picked = flat[:: max(1, len(flat) // 40)]
            lines.append(f"{path} {np.abs(flat).max():.8g} " + " ".join(f"{v:.8g}" for v in picked))
        (RESOURCES / f"{name}.txt").write_text("\n".join(lines) + "\n")
        print(name, y.min(), y.max(), np.abs(first).max(), np.abs(last).max())


if __name__ == "__main__":
    if sys.argv[1] == "figures":
        write_figures(sys.argv[2:] or FIGURES)
    else:
        for each in sys.argv[3:] or NETWORKS:
            write_network(pathlib.Path(sys.argv[2]), each)
            if each in WITH_CLOSE_MAXIMA:
                write_network(pathlib.Path(sys.argv[2]), each, average=True)
