"""Networks that io.github.convnet4j.networks.Networks describes and keras.applications lacks."""

from keras import Input, Model, layers


def lenet(weights, input_shape, classes):
    x = image = Input(input_shape)
    x = layers.Conv2D(6, 5, padding="same", activation="tanh", name="c1")(x)
    x = layers.AveragePooling2D(2, name="average_pool")(x)
    x = layers.Conv2D(16, 5, activation="tanh", name="c3")(x)
    x = layers.AveragePooling2D(2, name="average_pool_1")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(120, activation="tanh", name="c5")(x)
    x = layers.Dense(84, activation="tanh", name="f6")(x)
    return Model(image, layers.Dense(classes, activation="softmax", name="predictions")(x))


def resnet18(weights, input_shape, classes):
    """With the padding of torchvision, whose weights many programs use."""

    def conv(x, filters, size, stride, name):
        if size > 1 and stride > 1:
            x = layers.ZeroPadding2D(size // 2, name=name + "_pad")(x)
        padding = "same" if size > 1 and stride == 1 else "valid"
        x = layers.Conv2D(
            filters, size, stride, padding, use_bias=False, name=name + "_conv"
        )(x)
        return layers.BatchNormalization(epsilon=1e-5, name=name + "_bn")(x)

    def relu(x, name):
        return layers.Activation("relu", name=name)(x)

    image = Input(input_shape)
    x = relu(conv(image, 64, 7, 2, "conv1"), "conv1_relu")
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    x = layers.MaxPooling2D(3, 2, name="pool1_pool")(x)
    for stage, filters in enumerate([64, 128, 256, 512]):
        for i in range(2):
            name = f"conv{stage + 2}_block{i + 1}"
            stride = 2 if stage and not i else 1
            shortcut = conv(x, filters, 1, stride, name + "_0") if stride == 2 else x
            y = relu(conv(x, filters, 3, stride, name + "_1"), name + "_1_relu")
            y = conv(y, filters, 3, 1, name + "_2")
            x = relu(layers.Add(name=name + "_add")([shortcut, y]), name + "_out")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    return Model(image, layers.Dense(classes, activation="softmax", name="predictions")(x))


def efficientnet_lite0(weights, input_shape, classes):
    def norm(x, name):
        return layers.BatchNormalization(name=name)(x)

    def relu6(x, name):
        return layers.ReLU(6.0, name=name)(x)

    def conv(x, filters, size, stride, name):
        return layers.Conv2D(filters, size, stride, "same", use_bias=False, name=name)(x)

    image = Input(input_shape)
    x = relu6(norm(conv(image, 32, 3, 2, "stem_conv"), "stem_bn"), "stem_activation")
    skipped = 0
    # Repeats, kernel, stride, expansion and filters, as in the authors' efficientnet_lite_builder.py.
    for stage, (repeats, kernel, stride, expansion, filters) in enumerate(
        [
            (1, 3, 1, 1, 16),
            (2, 3, 2, 6, 24),
            (2, 5, 2, 6, 40),
            (3, 3, 2, 6, 80),
            (3, 5, 1, 6, 112),
            (4, 5, 2, 6, 192),
            (1, 3, 1, 6, 320),
        ]
    ):
        for i in range(repeats):
            name = f"block{stage + 1}{'abcd'[i]}_"
            y = x
            if expansion > 1:
                y = conv(y, x.shape[-1] * expansion, 1, 1, name + "expand_conv")
                y = relu6(norm(y, name + "expand_bn"), name + "expand_activation")
            y = layers.DepthwiseConv2D(
                kernel, 1 if i else stride, "same", use_bias=False, name=name + "dwconv"
            )(y)
            y = relu6(norm(y, name + "bn"), name + "activation")
            y = norm(conv(y, filters, 1, 1, name + "project_conv"), name + "project_bn")
            if i:
                rate = 0.2 * skipped / 16
                y = layers.Dropout(rate, noise_shape=(None, 1, 1, 1), name=name + "drop")(y)
                y = layers.Add(name=name + "add")([y, x])
            x = y
            skipped += 1
    x = relu6(norm(conv(x, 1280, 1, 1, "top_conv"), "top_bn"), "top_activation")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    x = layers.Dropout(0.2, name="top_dropout")(x)
    return Model(image, layers.Dense(classes, activation="softmax", name="predictions")(x))


def unet(weights, input_shape, classes, depth=2, filters=4):
    def convolutions(x, filters, name):
        for i in (1, 2):
            x = layers.Conv2D(
                filters, 3, padding="same", activation="relu", name=f"{name}conv{i}"
            )(x)
        return x

    x = image = Input(input_shape)
    encoded = []
    for level in range(1, depth + 1):
        encoded.append(convolutions(x, filters * 2 ** (level - 1), f"encoder{level}_"))
        pool = layers.MaxPooling2D(2, padding="same", name=f"encoder{level}_pool")
        x = pool(encoded[-1])
    x = convolutions(x, filters * 2**depth, "bottom_")
    x = layers.Dropout(0.5, name="bottom_dropout")(x)
    for level in range(depth, 0, -1):
        n = filters * 2 ** (level - 1)
        x = layers.Conv2DTranspose(n, 2, 2, "same", name=f"decoder{level}_up")(x)
        x = layers.Concatenate(name=f"decoder{level}_concat")([encoded[level - 1], x])
        x = convolutions(x, n, f"decoder{level}_")
    predictions = layers.Conv2D(
        classes, 1, padding="same", activation="softmax", name="predictions"
    )
    return Model(image, predictions(x))
