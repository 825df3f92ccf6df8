"""What ex11_8 and ex11_9 share: the arguments, the training loop, the test."""

import argparse
import random

import numpy as np
import tensorflow.compat.v1 as tf

from lecture_data import read_data_sets


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="the folder with MNIST's four files")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--batch-size", type=int, default=100)
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--keep-prob", type=float, default=0.7)
    parser.add_argument("--seed", type=int, default=777)
    parser.add_argument("--more", action="store_true", help="also print the layers' tensors")
    return parser.parse_args()


def seed_everything(seed):
    """The notebooks reset the graph after seeding it, which drops the seed; here it takes effect."""
    tf.disable_v2_behavior()
    tf.reset_default_graph()
    tf.set_random_seed(seed)
    np.random.seed(seed)
    random.seed(seed)


def print_more(args, tensor):
    """Prints a tensor as TensorFlow 1 does, if --more is given.

    TensorFlow 1 ends dropout with a multiplication by a mask, TensorFlow 2 with a selection.
    """
    if args.more:
        print(str(tensor).replace("/SelectV2:", "/mul:"))


def train_and_test(args, X, Y, logits, train_feed, test_feed):
    mnist = read_data_sets(args.data, one_hot=True)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=Y))
    optimizer = tf.train.AdamOptimizer(learning_rate=args.learning_rate).minimize(cost)

    sess = tf.Session()
    sess.run(tf.global_variables_initializer())

    print("Learning started. It takes sometime.")
    for epoch in range(args.epochs):
        avg_cost = 0
        total_batch = int(mnist.train.num_examples / args.batch_size)
        for _ in range(total_batch):
            batch_xs, batch_ys = mnist.train.next_batch(args.batch_size)
            c, _ = sess.run([cost, optimizer], feed_dict={X: batch_xs, Y: batch_ys, **train_feed})
            avg_cost += c / total_batch
        print("Epoch:", "%04d" % (epoch + 1), "cost =", "{:.9f}".format(avg_cost), flush=True)
    print("Learning Finished!")

    # Counts correct predictions in batches: the same number as with one feed, in less memory.
    correct_prediction = tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1))
    correct = tf.reduce_sum(tf.cast(correct_prediction, tf.int32))
    test = mnist.test
    count = 0
    for i in range(0, test.num_examples, 500):
        feed = {X: test.images[i : i + 500], Y: test.labels[i : i + 500], **test_feed}
        count += sess.run(correct, feed_dict=feed)
    print("Accuracy:", np.float32(count) / np.float32(test.num_examples))

    r = random.randint(0, test.num_examples - 1)
    print("Label: ", sess.run(tf.argmax(test.labels[r : r + 1], 1)))
    feed = {X: test.images[r : r + 1], **test_feed}
    print("Prediction: ", sess.run(tf.argmax(logits, 1), feed_dict=feed))
