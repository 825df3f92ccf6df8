"""Prints what GraphValuesTest expects: a U-Net and a squeeze-and-excite block, in numpy."""

import numpy as np


def values(shape, seed):
    """Multiples of 1/8 from -5/8 to 5/8, which the test can generate."""
    n = int(np.prod(shape))
    return np.array([((7 * i + seed) % 11 - 5) / 8 for i in range(n)]).reshape(shape)


def conv(x, seed, filters, size):
    """A convolution with padding SAME, and a bias."""
    kernel = values((size, size, x.shape[2], filters), seed)
    bias = values((filters,), seed + 1)
    pad = size // 2
    padded = np.pad(x, ((pad, pad), (pad, pad), (0, 0)))
    out = np.zeros(x.shape[:2] + (filters,))
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            window = padded[row : row + size, column : column + size]
            out[row, column] = np.tensordot(window, kernel, 3) + bias
    return out


def relu(x):
    return np.maximum(x, 0)


def max_pool(x):
    height, width, channels = x.shape
    return x.reshape(height // 2, 2, width // 2, 2, channels).max((1, 3))


def double(x):
    return x.repeat(2, 0).repeat(2, 1)


def u_net(x):
    wide = relu(conv(x, 1, 2, 3))
    deep = relu(conv(max_pool(wide), 2, 3, 3))
    return conv(np.concatenate([double(deep), wide], 2), 3, 1, 1)


def squeeze_and_excite(x):
    mean = x.mean((0, 1), keepdims=True)
    gate = conv(relu(conv(mean, 4, 2, 1)), 5, 4, 1)
    return x / (1 + np.exp(-gate))


print("u-net", ["%.6f" % v for v in u_net(values((4, 4, 1), 0)).ravel()])
print("squeeze and excite", ["%.6f" % v for v in squeeze_and_excite(values((2, 2, 4), 0)).ravel()])
