"""ex11_7: one MNIST image through five random filters (pictures left out).

Arguments: --data DIR [--more]
"""

import argparse

import numpy as np
import tensorflow.compat.v1 as tf

from lecture_data import read_data_sets

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--more", action="store_true", help="also print each of the five images")
args = parser.parse_args()

tf.disable_v2_behavior()
tf.reset_default_graph()
tf.set_random_seed(777)
sess = tf.InteractiveSession()

mnist = read_data_sets(args.data, one_hot=True)
img = mnist.train.images[5].reshape(28, 28)
print("mnist.train.labels[5] : ", mnist.train.labels[5])

img = img.reshape(-1, 28, 28, 1)
W1 = tf.Variable(tf.random_normal([3, 3, 1, 5], stddev=0.01))
conv2d = tf.nn.conv2d(img, W1, strides=[1, 2, 2, 1], padding="SAME")
sess.run(tf.global_variables_initializer())
conv2d_img = conv2d.eval()
print(conv2d_img)

conv2d_img = np.swapaxes(conv2d_img, 0, 3)
print("● After swapping ")
print(conv2d_img)

print("● conv2d_img.shape : ", conv2d_img.shape)
for i, one_img in enumerate(conv2d_img):
    print("i: ", i)
    if args.more:
        print("● one_img shape \n", one_img.shape)
        print("● one_img \n", one_img)
        print("● one_img (14 x 14) reshape \n", one_img.reshape(14, 14))
