"""Contestant: the notebook's graph and session loop in Python TensorFlow. Arguments: NET FOLDER."""

import sys

import numpy as np
import tensorflow
import tensorflow.compat.v1 as tf

from conversation import KEEP_PROB, LEARNING_RATE, SEED, Conversation, Work

EVALUATED_AT_ONCE = 500


def conv_block(x, filters, keep_prob):
    channels = int(x.shape[3])
    w = tf.Variable(tf.random_normal([3, 3, channels, filters], stddev=0.01))
    x = tf.nn.relu(tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding="SAME"))
    x = tf.nn.max_pool(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
    return x if keep_prob is None else tf.nn.dropout(x, keep_prob=keep_prob)


def dense(x, units, name):
    xavier = tf.glorot_uniform_initializer()
    w = tf.get_variable(name, shape=[int(x.shape[1]), units], initializer=xavier)
    return tf.matmul(x, w) + tf.Variable(tf.random_normal([units]))


def flatten(x):
    return tf.reshape(x, [-1, int(np.prod(x.shape[1:]))])


def ex11_8(x, keep_prob, classes):
    x = conv_block(conv_block(x, 32, None), 64, None)
    return dense(flatten(x), classes, "W3")


def ex11_9(x, keep_prob, classes):
    for filters in (32, 64, 128):
        x = conv_block(x, filters, keep_prob)
    x = tf.nn.dropout(tf.nn.relu(dense(flatten(x), 625, "W4")), keep_prob=keep_prob)
    return dense(x, classes, "W5")


def main():
    net, folder = sys.argv[1:]
    work = Work(folder)
    height, width = work.train_images.shape[1:]
    train_images = work.train_images.reshape(-1, height * width)
    test_images = work.test_images.reshape(-1, height * width)
    train_one_hot = np.eye(work.classes, dtype=np.float32)[work.train_labels]

    tf.disable_v2_behavior()
    tf.set_random_seed(SEED)
    keep_prob = tf.placeholder_with_default(tf.constant(1.0), [])
    X = tf.placeholder(tf.float32, [None, height * width])
    Y = tf.placeholder(tf.float32, [None, work.classes])
    logits = globals()[net](tf.reshape(X, [-1, height, width, 1]), keep_prob, work.classes)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=Y))
    optimizer = tf.train.AdamOptimizer(learning_rate=LEARNING_RATE).minimize(cost)
    prediction = tf.argmax(logits, 1)

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())

        def correct(images, labels):
            return np.sum(sess.run(prediction, feed_dict={X: images}) == labels)

        def evaluate():
            starts = range(0, len(test_images), EVALUATED_AT_ONCE)
            parts = [slice(start, start + EVALUATED_AT_ONCE) for start in starts]
            return sum(correct(test_images[part], work.test_labels[part]) for part in parts)

        def predict(i):
            return correct(test_images[i : i + 1], work.test_labels[i : i + 1]) == 1

        talk = Conversation("TensorFlow " + tensorflow.__version__, evaluate, predict)
        step = 0
        while talk.next_step():
            batch = work.batch(step)
            feed = {X: train_images[batch], Y: train_one_hot[batch], keep_prob: KEEP_PROB}
            c, _ = sess.run([cost, optimizer], feed_dict=feed)
            talk.step_done(c)
            step += 1


if __name__ == "__main__":
    main()
