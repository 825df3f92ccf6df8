"""ex11_8: the simple CNN (pictures left out). Arguments: --data DIR and the training settings."""

import tensorflow.compat.v1 as tf

from training import arguments, print_more, seed_everything, train_and_test

args = arguments()
seed_everything(args.seed)
# In TensorFlow 2's Python, contrib's xavier_initializer is keras.initializers.GlorotUniform's
# formula, which compat.v1 keeps as glorot_uniform_initializer.
xavier_initializer = tf.glorot_uniform_initializer

X = tf.placeholder(tf.float32, [None, 784])
X_img = tf.reshape(X, [-1, 28, 28, 1])
Y = tf.placeholder(tf.float32, [None, 10])

W1 = tf.Variable(tf.random_normal([3, 3, 1, 32], stddev=0.01))
L1 = tf.nn.conv2d(X_img, W1, strides=[1, 1, 1, 1], padding="SAME")
print_more(args, L1)
L1 = tf.nn.relu(L1)
print_more(args, L1)
L1 = tf.nn.max_pool(L1, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
print_more(args, L1)

W2 = tf.Variable(tf.random_normal([3, 3, 32, 64], stddev=0.01))
L2 = tf.nn.conv2d(L1, W2, strides=[1, 1, 1, 1], padding="SAME")
print_more(args, L2)
L2 = tf.nn.relu(L2)
print_more(args, L2)
L2 = tf.nn.max_pool(L2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
print_more(args, L2)
L2_flat = tf.reshape(L2, [-1, 7 * 7 * 64])
print_more(args, L2_flat)

W3 = tf.get_variable("W3", shape=[7 * 7 * 64, 10], initializer=xavier_initializer())
b = tf.Variable(tf.random_normal([10]))
logits = tf.matmul(L2_flat, W3) + b

train_and_test(args, X, Y, logits, train_feed={}, test_feed={})
