"""Prints principal components, computed with numpy's singular value decomposition.

python3 print_components.py > ../resources/io/github/convnet4j/inspect/components.txt

A line for each case: rows, length, the values row by row (whole numbers), and of the first two
components variance, share of the variance, direction and scores. Each direction has the sign
that makes its largest number in absolute value positive.
"""

import numpy as np

random = np.random.RandomState(777)


def numbers(values):
    return " ".join(repr(float(value)) for value in np.ravel(values))


for rows, length in [(12, 4), (4, 9), (30, 30), (50, 3), (3, 200)]:
    # Columns with different spreads, so that the components are distinct.
    values = np.round(random.randn(rows, length) * (10 + 40 * random.rand(length)))
    centered = values - values.mean(axis=0)
    _, singular, directions = np.linalg.svd(centered, full_matrices=False)
    variances = singular**2 / (rows - 1)
    print(rows, length)
    print(numbers(values))
    for c in range(2):
        direction = directions[c] * np.sign(directions[c][np.argmax(np.abs(directions[c]))])
        print(float(variances[c]), float(variances[c] / variances.sum()))
        print(numbers(direction))
        print(numbers(centered @ direction))
