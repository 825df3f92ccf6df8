"""Prints how scikit-learn deals groups out to folds, and its class weights: the figures of SplitsTest and
ClassCountsTest."""
import numpy as np
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.utils.class_weight import compute_class_weight

examples = 60
groups = np.array([i * i % 17 for i in range(examples)])
labels = np.array([0 if i % 7 < 3 else 1 if i % 5 < 3 else 2 for i in range(examples)])
print("groups", sorted(set(groups.tolist())))
for folds in (2, 3, 4):
    print(folds)
    for _, test in StratifiedGroupKFold(folds).split(np.zeros(examples), labels, groups):
        print("   ", sorted(set(groups[test].tolist())), np.bincount(labels[test], minlength=3).tolist())

for counts in ([900, 100], [5, 3, 2], [1, 1, 1, 7]):
    y = np.repeat(np.arange(len(counts)), counts)
    print(counts, compute_class_weight("balanced", classes=np.arange(len(counts)), y=y).tolist())
