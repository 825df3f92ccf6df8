"""Makes the two IDX files of digits in src/main/resources from scikit-learn's digits.csv.gz.

    python src/test/python/make_digits.py digits.csv.gz

The CSV file is scikit-learn's sklearn/datasets/data/digits.csv.gz: a row for each image, its 64
pixels from 0 to 16 and then its label.
"""

import gzip
import pathlib
import struct
import sys

FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/github/convnet4j/files"


def write_idx(name, shape, values):
    header = bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
    # No time and no name in the gzip header: the same input gives the same file.
    (FOLDER / name).write_bytes(gzip.compress(header + bytes(values), 9, mtime=0))


with gzip.open(sys.argv[1], "rt") as file:
    rows = [[int(float(value)) for value in line.split(",")] for line in file]
pixels = [value for row in rows for value in row[:-1]]
labels = [row[-1] for row in rows]
assert len(rows) == 1797 and max(pixels) == 16 and max(labels) == 9
write_idx("digits-images-idx3-ubyte.gz", (len(rows), 8, 8), pixels)
write_idx("digits-labels-idx1-ubyte.gz", (len(rows),), labels)
print("images:", len(rows), "sum of pixels:", sum(pixels), "sum of labels:", sum(labels))
