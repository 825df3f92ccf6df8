"""ex11_6: loading MNIST (pictures left out). Argument: --data DIR"""

import argparse

from lecture_data import read_data_sets

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
data = parser.parse_args().data

mnist = read_data_sets(data, one_hot=True)
print("mnist.train.labels[0] : ", mnist.train.labels[0])

mnist = read_data_sets(data, one_hot=False)
print("mnist.train.labels[0] : ", mnist.train.labels[0])
