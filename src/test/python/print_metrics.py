"""Writes predictions and what scikit-learn computes for them, for MetricsPairsTest to compare with.

    python print_metrics.py > ../resources/io/github/convnet4j/evaluate/metrics.jsonl
    python print_metrics.py SEED COUNT > FILE   # COUNT more random cases, for
    mvn test -Dtest=MetricsPairsTest -Devaluate.metrics=FILE

With Python 3.11: scikit-learn 1.9.1, numpy 2.4.6, statsmodels 0.15.0 (Wilson's interval, which
scikit-learn lacks). One case per line. Probabilities are 32-bit floats, in decimals that are read
back exactly; scikit-learn gets them as doubles. null stands for NaN: not defined.
"""

import json
import math
import re
import sys
import warnings

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score, brier_score_loss, classification_report, log_loss,
    precision_recall_fscore_support, roc_auc_score, top_k_accuracy_score,
)
from statsmodels.stats.proportion import proportion_confint

VERSION = "1.9.1"
NAMES = ["cat", "고양이", "a rather long class name", "𝟙", "x", "über", "T-shirt/top"]


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def one_hot(classes, count):
    return np.eye(count)[classes]


def probabilities(rng, kind, labels, count):
    n = len(labels)
    if kind == "perfect":
        return one_hot(labels, count)
    if kind == "hopeless":
        return one_hot((labels + 1) % count, count)
    if kind == "uniform":
        return np.full((n, count), 1 / count)
    if kind == "certain":
        return one_hot(rng.integers(0, count, n), count)
    logits = rng.normal(size=(n, count)) * rng.choice([0.1, 1, 3, 30])
    logits += one_hot(labels, count) * rng.choice([0, 1, 3, 10])
    values = softmax(logits)
    if kind == "ties":
        parts = int(rng.choice([2, 4, 16, 64]))
        return np.stack([rng.multinomial(parts, row) for row in values]) / parts
    if kind == "never":  # a class that is never predicted
        values[:, rng.integers(0, count)] = 0
        return values / values.sum(axis=1, keepdims=True)
    return values


def draw_labels(rng, kind, n, count):
    if kind == "one class":
        return np.full(n, rng.integers(0, count))
    if kind == "absent":
        return rng.choice(rng.choice(count, max(1, count // 2), replace=False), n)
    if kind == "skewed":
        return np.minimum(rng.geometric(0.6, n) - 1, count - 1)
    return rng.integers(0, count, n)


def number(value):
    value = float(value)
    return None if math.isnan(value) else value


def scores(labels, predicted, of, average):
    values = precision_recall_fscore_support(labels, predicted, labels=of, average=average)
    return [number(v) for v in values[:3]]


def calibration(values, correct, bins):
    """The expected calibration error, from the curve's means and the counts of the same bins."""
    confidence = values.max(axis=1)
    accuracy, mean = calibration_curve(correct, confidence, n_bins=bins)
    edges = np.linspace(0, 1, bins + 1)[1:-1]
    counts = np.bincount(np.searchsorted(edges, confidence), minlength=bins)
    return float((np.abs(accuracy - mean) * counts[counts > 0]).sum() / len(correct))


def whole_supports(text, correct):
    """If no example is correct, scikit-learn prints supports as 3.0; this prints 3."""
    return text if correct.any() else re.sub(r"(\d+)\.0$", r"  \1", text, flags=re.MULTILINE)


def case(rng, label_kind, kind, n, count):
    labels = draw_labels(rng, label_kind, n, count)
    floats = probabilities(rng, kind, labels, count).astype(np.float32)
    values = floats.astype(np.float64)
    assert (np.array([[float(str(p)) for p in r] for r in floats], np.float32) == floats).all()
    predicted = values.argmax(axis=1)
    correct = predicted == labels
    every = list(range(count))
    names = [NAMES[c] if c < len(NAMES) and rng.random() < 0.3 else f"class {c}" for c in every]
    truth = one_hot(labels, count).astype(int)
    areas = [number(roc_auc_score(truth[:, c], values[:, c])) for c in every]
    area = {}
    for average in ("macro", "weighted"):
        area[average] = number(roc_auc_score(truth, values, average=average))
        if count > 2:
            same = roc_auc_score(
                labels, values, multi_class="ovr", average=average, labels=every)
            assert number(same) == area[average]
    reports = []
    some = rng.permutation(count)[: rng.integers(1, count + 1)].tolist()
    for of, digits in ((every, 2), (every, rng.choice([0, 1, 3, 4, 6, 15])), (some, 3)):
        digits = int(digits)
        reports.append({
            "classes": of,
            "digits": digits,
            "text": whole_supports(classification_report(
                labels, predicted, labels=of, target_names=[names[c] for c in of],
                digits=digits), correct),
            "micro": scores(labels, predicted, of, "micro"),
            "macro": scores(labels, predicted, of, "macro"),
            "weighted": scores(labels, predicted, of, "weighted"),
        })
    each = precision_recall_fscore_support(labels, predicted, labels=every)
    return {
        "kind": f"{label_kind} labels, {kind} predictions",
        "names": names,
        "labels": labels.tolist(),
        "probabilities": "[" + ",".join(
            "[" + ",".join(str(p) for p in row) + "]" for row in floats) + "]",
        "accuracy": accuracy_score(labels, predicted),
        "wilson": list(map(float, proportion_confint(int(correct.sum()), n, method="wilson"))),
        # For two classes scikit-learn takes one score per example, with another rule for ties.
        "top": [] if count == 2 else [
            top_k_accuracy_score(labels, values, k=k, labels=every) for k in range(1, count + 1)],
        "precision": each[0].tolist(),
        "recall": each[1].tolist(),
        "f1": each[2].tolist(),
        "support": each[3].tolist(),
        "reports": reports,
        "areas": areas,
        "area": area,
        "logLoss": log_loss(labels, y_proba=values, labels=every),
        "brier": brier_score_loss(labels, values, labels=every, scale_by_half=False),
        "calibration15": calibration(values, correct, 15),
        "calibration10": calibration(values, correct, 10),
    }


LABELS = ["any", "skewed", "absent", "one class"]
KINDS = ["softmax", "ties", "never", "certain", "perfect", "hopeless", "uniform"]


def emit(result):
    rows = result.pop("probabilities")
    line = json.dumps(result, ensure_ascii=False)
    print(line[:-1] + ', "probabilities": ' + rows.replace(".0,", ",").replace(".0]", "]") + "}")


def main(seed, count):
    assert sklearn.__version__ == VERSION, sklearn.__version__
    warnings.simplefilter("ignore")
    sys.stdout.reconfigure(encoding="utf-8")
    rng = np.random.default_rng(seed)
    print(json.dumps({"scikit-learn": sklearn.__version__, "numpy": np.__version__}))
    if count is None:
        for label_kind in LABELS:
            for kind in KINDS:
                emit(case(rng, label_kind, kind, int(rng.integers(1, 25)), int(rng.integers(2, 9))))
        for kind in KINDS:
            emit(case(rng, "any", kind, 30, 20))
        for classes in range(2, 21):
            emit(case(rng, "any", "softmax", int(rng.integers(1, 30)), classes))
            emit(case(rng, "skewed", "ties", int(rng.integers(1, 30)), classes))
        emit(case(rng, "any", "ties", 300, 3))
        emit(case(rng, "any", "softmax", 1, 2))
        return
    for _ in range(count):
        n = int(np.exp(rng.uniform(0, np.log(400))))
        emit(case(
            rng, rng.choice(LABELS, p=[0.5, 0.2, 0.2, 0.1]),
            rng.choice(KINDS, p=[0.4, 0.3, 0.1, 0.08, 0.04, 0.04, 0.04]), n,
            int(rng.integers(2, 21))))


if __name__ == "__main__":
    arguments = list(map(int, sys.argv[1:]))
    main(*(arguments if arguments else (11, None)))
