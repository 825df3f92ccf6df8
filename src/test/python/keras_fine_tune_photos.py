"""The example FineTunePhotos as a Keras program, on the same patches of the same photographs.

    python keras_fine_tune_photos.py --data DIR [--patch 48] [--epochs 40] [--seeds 5]
"""

import argparse
import os
import pathlib
import resource
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers
from PIL import Image

BATCH, POINTS = 10, 10
HEAD_RATE, FINE_RATE, SCRATCH_RATE = 0.003, 0.0001, 0.001
FEATURES, FROZEN = "global_average_pooling2d", "b15_add"
T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--patch", type=int, default=48)
    parser.add_argument("--few", type=int, default=10)
    parser.add_argument("--test", type=int, default=40)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--seeds", type=int, default=5)
    return parser.parse_args()


def patches(photos, per_class, side, seed, right):
    """Cuts the patches that PhotoPatches.java cuts."""
    bits = np.random.MT19937()
    bits._legacy_seeding(2 * seed + right)
    images, labels = [], []
    for label, photo in enumerate(photos):
        half = photo.shape[1] // 2
        for _ in range(per_class):
            top = bits.random_raw() % (photo.shape[0] - side + 1)
            left = bits.random_raw() % (half - side + 1) + right * half
            contrast = 32 + bits.random_raw() % 65
            brightness = 88 + bits.random_raw() % 81
            patch = photo[top : top + side, left : left + side].astype(int)
            images.append(np.clip(((patch - 128) * contrast >> 6) + brightness, 0, 255))
            labels.append(label)
    return np.stack(images).astype("float32"), np.array(labels)


def compiled(model, rate):
    model.compile(
        keras.optimizers.Adam(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def head(x, classes):
    return layers.Dense(classes, name="classes")(layers.Dropout(0.2)(x))


def small(side, classes):
    image = keras.Input((side, side, 3))
    x = layers.Rescaling(1 / 255)(image)
    for filters in (16, 32, 64):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
        x = layers.MaxPooling2D()(x)
    return keras.Model(image, layers.Dense(classes)(layers.GlobalAveragePooling2D()(x)))


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Trial:
    def __init__(self, options, pretrained, photos, seed):
        keras.utils.set_random_seed(seed)
        self.options, self.pretrained, self.classes = options, pretrained, len(photos)
        self.train = patches(photos, options.few, options.patch, seed, 0)
        self.test = patches(photos, options.test, options.patch, seed, 1)
        self.accuracies, self.seconds = {}, {}

    def base(self):
        image = keras.Input((self.options.patch, self.options.patch, 3))
        network = keras.models.clone_model(self.pretrained, input_tensors=image)
        return keras.Model(network.input, network.get_layer(FEATURES).output)

    def fit(self, model, train, test, points):
        for _ in range(points):
            model.fit(*train, batch_size=BATCH, epochs=self.options.epochs // POINTS, verbose=0)
            accuracy = model.evaluate(*test, verbose=0)[1]
        return accuracy

    def measured(self, way, train):
        start = processor_seconds()
        self.accuracies[way] = train()
        self.seconds[way] = processor_seconds() - start
        print(way, self.accuracies[way], self.seconds[way], file=sys.stderr, flush=True)

    def run(self):
        whole = {}

        def new_head():
            base = self.base()
            top = keras.Model(self.pretrained.input, self.pretrained.get_layer(FEATURES).output)
            base.set_weights(top.get_weights())
            base.trainable = False
            features = keras.Input(base.output.shape[1:])
            small_head = compiled(keras.Model(features, head(features, self.classes)), HEAD_RATE)
            result = self.fit(
                small_head,
                (base.predict(self.train[0], verbose=0), self.train[1]),
                (base.predict(self.test[0], verbose=0), self.test[1]),
                POINTS // 2,
            )
            image = keras.Input(base.input.shape[1:])
            model = keras.Model(image, head(base(image, training=False), self.classes))
            model.get_layer("classes").set_weights(small_head.get_layer("classes").get_weights())
            whole.update(base=base, model=model)
            return result

        def last_blocks():
            base, model = whole["base"], whole["model"]
            base.trainable = True
            for layer in base.layers:
                layer.trainable = False
                if layer.name == FROZEN:
                    break
            return self.fit(compiled(model, FINE_RATE), self.train, self.test, POINTS // 2)

        def scratch():
            base = self.base()
            model = keras.Model(base.input, head(base.output, self.classes))
            return self.fit(compiled(model, SCRATCH_RATE), self.train, self.test, POINTS)

        def small_cnn():
            model = compiled(small(self.options.patch, self.classes), SCRATCH_RATE)
            return self.fit(model, self.train, self.test, POINTS)

        self.measured("new head on features", new_head)
        self.measured("then the last blocks", last_blocks)
        self.measured("the same from scratch", scratch)
        self.measured("a small CNN from scratch", small_cnn)
        return self


def main():
    options = arguments()
    photos = [
        np.asarray(Image.open(file).convert("RGB"))
        for file in sorted((options.data / "textures").iterdir())
    ]
    pretrained = keras.models.load_model(
        options.data / "pretrained" / "mobilenet_v2_imagenet.keras", compile=False
    )
    trials = [
        Trial(options, pretrained, photos, seed).run() for seed in range(1, options.seeds + 1)
    ]
    for way in trials[0].accuracies:
        each = np.array([trial.accuracies[way] for trial in trials])
        half = T[len(each) - 2] * each.std(ddof=1) / len(each) ** 0.5
        seconds = np.mean([trial.seconds[way] for trial in trials])
        values = " ".join("%.3f" % value for value in each)
        print("%-26s%.3f +/- %.3f (%s)%10.1f s" % (way, each.mean(), half, values, seconds))


main()
