"""Prints what src/test/resources/optimizers.txt holds: weights after each of five steps.

Run with tensorflow-cpu 2.16.2. A line is: optimizer, step, the four weights, the two biases, with nine
digits each, from which a float32 is read back exactly. The first part is the optimizers of
tf.compat.v1 on reference variables, as in a notebook of TensorFlow 1; the second, "keras", is those
of Keras 3.

The model is mean((x * w + b)^2), element by element: no sum is long enough for its order to matter
(even in x * w + b - y TensorFlow's graph optimizer may subtract y from b first), and there is no matrix
product that could be computed differently on another processor.
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf

X = [[1.0, 2.0], [-0.5, 0.25]]
W = [[0.5, -0.25], [0.75, 1.0]]
B = [0.1, -0.2]
STEPS = 5


def loss_of(w, b):
    return tf.reduce_mean(tf.square(tf.constant(X) * w + b))


def show(name, step, w, b):
    values = [*w.ravel(), *b.ravel()]
    print(name, step, *(f"{value:.9g}" for value in values))


def graph_mode(name, make, clip=lambda gradients: gradients):
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.Variable(W, use_resource=False)
        b = v1.Variable(B, use_resource=False)
        optimizer = make(v1.train)
        gradients = clip(tf.gradients(loss_of(w, b), [w, b]))
        train = optimizer.apply_gradients(zip(gradients, [w, b]))
        session.run(v1.global_variables_initializer())
        for step in range(1, STEPS + 1):
            session.run(train)
            show(name, step, *session.run([w, b]))


def keras(name, optimizer):
    w = tf.Variable(W)
    b = tf.Variable(B)
    for step in range(1, STEPS + 1):
        with tf.GradientTape() as tape:
            loss = loss_of(w, b)
        optimizer.apply_gradients(zip(tape.gradient(loss, [w, b]), [w, b]))
        show(name, step, w.numpy(), b.numpy())


graph_mode("adam", lambda t: t.AdamOptimizer(0.001))
graph_mode("adam-large", lambda t: t.AdamOptimizer(0.1, 0.8, 0.9, 1e-4))
graph_mode("sgd", lambda t: t.GradientDescentOptimizer(0.1))
graph_mode("momentum", lambda t: t.MomentumOptimizer(0.1, 0.9))
graph_mode("nesterov", lambda t: t.MomentumOptimizer(0.1, 0.9, use_nesterov=True))
graph_mode("adagrad", lambda t: t.AdagradOptimizer(0.1))
graph_mode("adadelta", lambda t: t.AdadeltaOptimizer(1.0))
graph_mode("rmsprop", lambda t: t.RMSPropOptimizer(0.01))
graph_mode(
    "rmsprop-centered",
    lambda t: t.RMSPropOptimizer(0.01, 0.8, 0.5, 1e-3, centered=True),
)
graph_mode("ftrl", lambda t: t.FtrlOptimizer(0.1))
graph_mode(
    "ftrl-penalties",
    lambda t: t.FtrlOptimizer(
        0.1,
        -0.25,
        0.2,
        l1_regularization_strength=0.01,
        l2_regularization_strength=0.02,
        l2_shrinkage_regularization_strength=0.03,
    ),
)


# The gradients' largest elements are 0.7 and 0.325, their norms 0.76 and 0.36, and 0.85 together
    # at the first step, so the limits take effect; at the last step they no longer do.
graph_mode(
    "clip-value",
    lambda t: t.GradientDescentOptimizer(0.5),
    lambda gradients: [tf.clip_by_value(g, -0.2, 0.2) for g in gradients],
)
graph_mode(
    "clip-norm",
    lambda t: t.GradientDescentOptimizer(0.5),
    lambda gradients: [tf.clip_by_norm(g, 0.3) for g in gradients],
)
graph_mode(
    "clip-global-norm",
    lambda t: t.GradientDescentOptimizer(0.5),
    lambda gradients: tf.clip_by_global_norm(gradients, 0.5)[0],
)

optimizers = tf.keras.optimizers
keras("keras-adam", optimizers.Adam(0.1, epsilon=1e-8))
keras("keras-adamw", optimizers.AdamW(0.1, weight_decay=0.2, epsilon=1e-8))
keras("keras-adamax", optimizers.Adamax(0.1, epsilon=1e-8))
keras("keras-nadam", optimizers.Nadam(0.1, epsilon=1e-8))
keras("keras-lion", optimizers.Lion(0.1, beta_1=0.8, beta_2=0.95))
