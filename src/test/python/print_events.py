"""Prints what the tests of event files expect; run with tensorflow-cpu 2.16.2.

    print_events.py histograms > src/test/resources/io/github/convnet4j/tensorboard/histograms.jsonl
    print_events.py record     (in TfRecordTest)
"""

import json
import os
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf


def cases():
    random = np.random.RandomState(777)
    yield "one", [0.25]
    yield "zeros", [0.0, -0.0, 0.0]
    yield "signs", [0.0, 1.0, -1.0, 1e-13, 3.5, 3.5, -2e-12, -1e-13]
    yield "limits", [1e-12, -1e-12, 1.1e-12, -1.1e-12]
    # Not below 1.2e-38: the operation treats such floats as 0.
    yield "extremes", [3.4e38, -3.4e38, 1e20, -1e20, 1e-37, -1e-37]
    yield "constant", [-0.75] * 5
    yield "normal", random.normal(0, 0.1, 200)
    yield "uniform", random.uniform(2, 3, 100)
    yield "lognormal", random.lognormal(-10, 8, 100)


def print_histograms():
    """The histograms of TensorFlow's own operation, as in TensorFlow 1's summaries."""
    for name, values in cases():
        values = np.array(values, np.float32)
        summary = tf.compat.v1.Summary.FromString(
            tf.raw_ops.HistogramSummary(tag=name, values=values).numpy()
        )
        histogram = summary.value[0].histo
        print(
            json.dumps(
                {
                    "name": name,
                    "values": [float(v) for v in values],
                    "min": histogram.min,
                    "max": histogram.max,
                    "num": histogram.num,
                    "sum": histogram.sum,
                    "squares": histogram.sum_squares,
                    "limits": list(histogram.bucket_limit),
                    "counts": list(histogram.bucket),
                }
            )
        )


def print_record():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "record")
        with tf.io.TFRecordWriter(path) as writer:
            writer.write(b"convolution")
            writer.write(b"")
        with open(path, "rb") as file:
            print(file.read().hex())


{"histograms": print_histograms, "record": print_record}[sys.argv[1]]()
