"""Prints what src/test/resources/io/github/convnet4j/layer/layers.txt holds: values and gradients of Keras' layers.

Run with the packages in requirements.txt. A line is: name of the case, "forward", "input" or a weight's
name, and the numbers, flat. The gradients are those of the sum of the outputs times loss_weights.

No input is 0, where rectifiers have a corner, nor any other corner of the functions below.
"""

import math
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras.src.applications.convnext import LayerScale

BATCH = 2
IMAGE = (3, 4, 2)
GROUPED = (4, 3, 4)
VECTOR = (6,)
L = keras.layers


def inputs(n, scale):
    return np.array([scale * (2 * (i * 37 % 101) - 101) / 64 for i in range(n)], np.float32)


def weights(n, index):
    values = [(2 * ((i * 29 + 11 * index) % 61) - 61) / 64 for i in range(n)]
    return np.array(values, np.float32)


def loss_weights(n):
    return np.array([np.float32(math.cos(1.7 * i)) + np.float32(0.3) for i in range(n)], np.float32)


def show(name, what, values):
    print(name, what, *(f"{value:.7g}" for value in np.asarray(values).ravel()))


def case(name, layer, shape, scale=1):
    x = tf.constant(inputs(BATCH * math.prod(shape), scale).reshape((BATCH, *shape)))
    layer.build(x.shape)
    for index, weight in enumerate(layer.weights):
        weight.assign(weights(math.prod(weight.shape), index).reshape(weight.shape))
    variables = [weight.value for weight in layer.trainable_weights]
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x)
        loss = tf.reduce_sum(tf.reshape(y, [-1]) * loss_weights(math.prod(y.shape)))
    gradients = tape.gradient(loss, [x, *variables])
    show(name, "forward", y)
    show(name, "input", gradients[0])
    for weight, gradient in zip(layer.trainable_weights, gradients[1:]):
        # Keras does not name the factor of LayerScale, which the paper calls gamma.
        show(name, "gamma" if weight.name == "variable" else weight.name, gradient)


case("conv2d-relu", L.Conv2D(3, 3, padding="same", activation="relu"), IMAGE)
case("conv2d-groups", L.Conv2D(6, 3, padding="same", groups=2), GROUPED)
case("conv2d-groups-stride", L.Conv2D(4, 2, strides=2, groups=4), GROUPED)
case("conv2d-groups-dilation", L.Conv2D(4, 2, dilation_rate=2, groups=2), GROUPED)
case("dense-softmax", L.Dense(4, activation="softmax"), VECTOR)
case("separable-elu", L.SeparableConv2D(3, 3, padding="same", activation="elu"), IMAGE)

case("depthwise", L.DepthwiseConv2D(3, padding="same"), IMAGE)
case(
    "depthwise-all",
    L.DepthwiseConv2D((2, 3), strides=2, depth_multiplier=3, use_bias=False, activation="tanh"),
    (4, 5, 2),
)

case("transpose", L.Conv2DTranspose(3, 3, padding="same"), IMAGE)
case("transpose-stride", L.Conv2DTranspose(3, 3, strides=2, padding="same"), IMAGE)
case("transpose-valid", L.Conv2DTranspose(2, 3, strides=2), IMAGE)
case("transpose-gaps", L.Conv2DTranspose(2, 2, strides=3, padding="same"), IMAGE)
case("transpose-valid-gaps", L.Conv2DTranspose(2, 2, strides=3), IMAGE)
case(
    "transpose-all",
    L.Conv2DTranspose(
        1, (4, 2), strides=(1, 2), padding="same", use_bias=False, activation="sigmoid"
    ),
    IMAGE,
)

case("upsampling", L.UpSampling2D((2, 3)), IMAGE)
case("upsampling-bilinear", L.UpSampling2D(2, interpolation="bilinear"), IMAGE)
case("upsampling-bilinear-all", L.UpSampling2D((3, 1), interpolation="bilinear"), IMAGE)
case("zero-padding", L.ZeroPadding2D(1), (2, 2, 2))
case("zero-padding-all", L.ZeroPadding2D(((0, 1), (2, 3))), (2, 2, 2))
case("cropping", L.Cropping2D(1), (3, 4, 2))
case("cropping-all", L.Cropping2D(((0, 1), (2, 1))), IMAGE)
case("global-max-pool", L.GlobalMaxPooling2D(), IMAGE)
case("reshape", L.Reshape((-1, 2, 3)), IMAGE)
case("rescaling", L.Rescaling(1 / 127.5, offset=-1), IMAGE)

case("channel-rescaling", L.Rescaling([0.5, 2.0], offset=[1.0, -1.0]), IMAGE)
case("global-max-pool-image", L.GlobalMaxPooling2D(keepdims=True), IMAGE)
case("global-average-pool-image", L.GlobalAveragePooling2D(keepdims=True), IMAGE)
case("dense-image", L.Dense(3, activation="tanh"), IMAGE)
case("layer-scale", LayerScale(0.1, 2), IMAGE)

case("layer-norm", L.LayerNormalization(), (3, 4, 5))
case("layer-norm-vector", L.LayerNormalization(epsilon=0.1), VECTOR)
case("group-norm", L.GroupNormalization(2), (3, 2, 4))
case("group-norm-one", L.GroupNormalization(1, epsilon=0.1), (3, 2, 4))
case("group-norm-vector", L.GroupNormalization(2), VECTOR)

case("prelu", L.PReLU(), IMAGE)
case("prelu-shared", L.PReLU(shared_axes=[1, 2]), IMAGE)
case("prelu-vector", L.PReLU(), VECTOR)
case("swish", L.Activation("swish"), IMAGE, 4)
case("hard-swish", L.Activation("hard_swish"), IMAGE, 4)
case("hard-sigmoid", L.Activation("hard_sigmoid"), IMAGE, 4)
case("softplus", L.Activation("softplus"), IMAGE, 4)
case("relu6", L.Activation("relu6"), IMAGE, 6)
case("relu-ceiling", L.ReLU(max_value=1.5), IMAGE, 4)
