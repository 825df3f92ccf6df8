"""Writes predictions, targets and what scikit-learn computes for them, for MetricPairsTest.

    python print_tallies.py > ../resources/io/github/convnet4j/evaluate/tallies.jsonl
    python print_tallies.py SEED COUNT > FILE   # COUNT more random cases of each task, for
    mvn test -Dtest=MetricPairsTest -Devaluate.tallies=FILE

With Python 3.11: scikit-learn 1.9.1, numpy 2.4.6. One case per line. Predictions and targets are
32-bit floats, in decimals that are read back exactly; scikit-learn gets them as doubles. null
stands for NaN: not defined. The keys of "values" are the names of the metrics.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.metrics import (
    accuracy_score, average_precision_score, balanced_accuracy_score, cohen_kappa_score, f1_score, hamming_loss,
    jaccard_score, log_loss, matthews_corrcoef, mean_absolute_error, mean_squared_error,
    precision_score, r2_score, recall_score, roc_auc_score, top_k_accuracy_score,
)

from print_metrics import KINDS, LABELS, VERSION, draw_labels, number, one_hot, probabilities

NOT_LABELLED = 255


def of_classes(labels, values, count):
    predicted = values.argmax(axis=1)
    every = list(range(count))
    macro = {"average": "macro", "zero_division": 0}
    result = {
        "accuracy": accuracy_score(labels, predicted),
        "balanced_accuracy": balanced_accuracy_score(labels, predicted),
        "precision": precision_score(labels, predicted, **macro),
        "recall": recall_score(labels, predicted, **macro),
        "f1": f1_score(labels, predicted, **macro),
        "f1_micro": f1_score(labels, predicted, average="micro"),
        "precision_weighted": precision_score(
            labels, predicted, average="weighted", zero_division=0),
        "f1_weighted": f1_score(labels, predicted, average="weighted", zero_division=0),
        "dice": f1_score(labels, predicted, **macro),
        "mean_iou": jaccard_score(labels, predicted, **macro),
        "cohen_kappa": cohen_kappa_score(labels, predicted),
        "matthews": matthews_corrcoef(labels, predicted),
        "log_loss": log_loss(labels, y_proba=values, labels=every),
    }
    for name, score in (("precision", precision_score), ("recall", recall_score),
                        ("f1", f1_score), ("dice", f1_score), ("iou", jaccard_score)):
        each = score(labels, predicted, labels=every, average=None, zero_division=0)
        for c in (0, count - 1):
            result[f"{name}_{c}"] = each[c]
    if count > 2:  # for two classes scikit-learn takes one score per example
        for k in (1, 2, count):
            result[f"top_{k}_accuracy"] = top_k_accuracy_score(labels, values, k=k, labels=every)
    return result


def classification(rng, label_kind, kind, n, count):
    labels = draw_labels(rng, label_kind, n, count)
    floats = probabilities(rng, kind, labels, count).astype(np.float32)
    values = floats.astype(np.float64)
    result = of_classes(labels, values, count)
    truth = one_hot(labels, count).astype(int)
    result["roc_auc"] = (
        roc_auc_score(labels == 1, values[:, 1]) if count == 2 else roc_auc_score(truth, values))
    result["pr_auc"] = (
        average_precision_score(labels == 1, values[:, 1]) if count == 2
        else average_precision_score(truth, values))
    return "classification", [count], [count], floats, truth, result


def segmentation(rng, label_kind, kind, n, count):
    height, width = rng.integers(1, 4, 2).tolist()
    labels = draw_labels(rng, label_kind, n * height * width, count)
    floats = probabilities(rng, kind, labels, count).astype(np.float32)
    labelled = rng.random(len(labels)) < rng.choice([0.3, 0.8, 1])
    labelled[0] = True
    result = of_classes(labels[labelled], floats[labelled].astype(np.float64), count)
    targets = np.where(labelled, labels, rng.choice([NOT_LABELLED, -1, count]))
    return "segmentation", [height, width, count], [height, width], floats, targets, result


def several_labels(rng, n, count):
    targets = (rng.random((n, count)) < rng.choice([0.1, 0.5, 0.9], count)).astype(int)
    values = rng.random((n, count)) * 0.6 + 0.4 * targets * rng.random()
    if rng.random() < 0.5:
        values = np.round(values * 8) / 8
    floats = values.astype(np.float32)
    predicted = (floats >= 0.5).astype(int)
    # One column means two classes to scikit-learn.
    macro, micro, weighted = (
        {"average": "binary" if count == 1 else average, "zero_division": 0}
        for average in ("macro", "micro", "weighted"))
    result = {
        "label_accuracy": 1 - hamming_loss(targets, predicted),
        "exact_match": accuracy_score(targets, predicted),
        "label_precision": precision_score(targets, predicted, **macro),
        "label_recall": recall_score(targets, predicted, **macro),
        "label_f1": f1_score(targets, predicted, **macro),
        "label_precision_micro": precision_score(targets, predicted, **micro),
        "label_recall_micro": recall_score(targets, predicted, **micro),
        "label_f1_micro": f1_score(targets, predicted, **micro),
        "label_f1_weighted": f1_score(targets, predicted, **weighted),
        "label_roc_auc": roc_auc_score(targets, floats.astype(np.float64)),
        "label_pr_auc": average_precision_score(targets, floats.astype(np.float64)),
    }
    return "labels", [count], [count], floats, targets, result


def numbers(rng, n, count):
    scale, offset = rng.choice([1e-3, 1, 1e4]), rng.choice([0, 1, 1e3])
    targets = ((rng.normal(size=(n, count)) + offset) * scale).astype(np.float32)
    floats = (targets + rng.normal(size=targets.shape) * scale * rng.choice([0, 0.1, 2])).astype(
        np.float32)
    wanted, given = targets.astype(np.float64), floats.astype(np.float64)
    squared = mean_squared_error(wanted, given)
    result = {
        "mean_absolute_error": mean_absolute_error(wanted, given),
        "mean_squared_error": squared,
        "root_mean_squared_error": np.sqrt(squared),
        "r2": r2_score(wanted, given, force_finite=False) if n > 1 else np.nan,
    }
    return "numbers", [count], [count], floats, targets, result


def images(rng, n):
    shape = rng.integers(1, 5, 3).tolist()
    targets = rng.random((n, *shape)).astype(np.float32)
    floats = np.clip(targets + rng.normal(size=targets.shape) * 0.1, 0, 1).astype(np.float32)
    wanted, given = targets.astype(np.float64), floats.astype(np.float64)
    squared = ((given - wanted) ** 2).reshape(n, -1).mean(axis=1)
    result = {
        "mean_absolute_error": np.abs(given - wanted).mean(),
        "mean_squared_error": squared.mean(),
        "psnr": (10 * np.log10(1 / squared)).mean(),
    }
    return "images", shape, shape, floats, targets, result


def text(floats):
    floats = np.asarray(floats, np.float32).ravel()
    digits = [str(value) for value in floats]
    assert (np.array(list(map(float, digits)), np.float32) == floats).all()
    return "[" + ",".join(digits).replace(".0,", ",") + "]"


def emit(task, prediction, target, predictions, targets, values):
    examples = np.asarray(targets).size // int(np.prod(target))
    line = json.dumps({
        "task": task,
        "examples": examples,
        "prediction": prediction,
        "target": target,
        "values": {name: number(value) for name, value in values.items()},
    })
    print(f'{line[:-1]}, "predictions": {text(predictions)}, "targets": {text(targets)}}}')


def main(seed, count):
    assert sklearn.__version__ == VERSION, sklearn.__version__
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(seed)
    print(json.dumps({"scikit-learn": sklearn.__version__, "numpy": np.__version__}))
    for i in range(count):
        size = lambda: int(np.exp(rng.uniform(0, np.log(60))))
        classes = int(rng.integers(2, 9))
        emit(*classification(rng, LABELS[i % len(LABELS)], KINDS[i % len(KINDS)], size(), classes))
        emit(*segmentation(rng, LABELS[i % len(LABELS)], KINDS[i % len(KINDS)], size(), classes))
        emit(*several_labels(rng, size(), int(rng.integers(1, 6))))
        emit(*numbers(rng, size(), int(rng.integers(1, 5))))
        emit(*images(rng, int(rng.integers(1, 8))))


if __name__ == "__main__":
    arguments = list(map(int, sys.argv[1:]))
    main(*(arguments if arguments else (13, 28)))
