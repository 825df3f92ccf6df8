"""ex11_9: the deep CNN (pictures left out). Arguments: --data DIR and the training settings."""

import tensorflow.compat.v1 as tf

from training import arguments, print_more, seed_everything, train_and_test

args = arguments()
seed_everything(args.seed)
xavier_initializer = tf.glorot_uniform_initializer

keep_prob = tf.placeholder(tf.float32)
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
L1 = tf.nn.dropout(L1, keep_prob=keep_prob)
print_more(args, L1)

W2 = tf.Variable(tf.random_normal([3, 3, 32, 64], stddev=0.01))
L2 = tf.nn.conv2d(L1, W2, strides=[1, 1, 1, 1], padding="SAME")
print_more(args, L2)
L2 = tf.nn.relu(L2)
print_more(args, L2)
L2 = tf.nn.max_pool(L2, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
print_more(args, L2)
L2 = tf.nn.dropout(L2, keep_prob=keep_prob)
print_more(args, L2)

W3 = tf.Variable(tf.random_normal([3, 3, 64, 128], stddev=0.01))
L3 = tf.nn.conv2d(L2, W3, strides=[1, 1, 1, 1], padding="SAME")
print_more(args, L3)
L3 = tf.nn.relu(L3)
print_more(args, L3)
L3 = tf.nn.max_pool(L3, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
print_more(args, L3)
L3 = tf.nn.dropout(L3, keep_prob=keep_prob)
print_more(args, L3)
L3_flat = tf.reshape(L3, [-1, 128 * 4 * 4])
print_more(args, L3_flat)

W4 = tf.get_variable("W4", shape=[128 * 4 * 4, 625], initializer=xavier_initializer())
b4 = tf.Variable(tf.random_normal([625]))
L4 = tf.nn.relu(tf.matmul(L3_flat, W4) + b4)
print_more(args, L4)
L4 = tf.nn.dropout(L4, keep_prob=keep_prob)
print_more(args, L4)

W5 = tf.get_variable("W5", shape=[625, 10], initializer=xavier_initializer())
b5 = tf.Variable(tf.random_normal([10]))
logits = tf.matmul(L4, W5) + b5
print_more(args, logits)

train_and_test(
    args, X, Y, logits, train_feed={keep_prob: args.keep_prob}, test_feed={keep_prob: 1}
)
