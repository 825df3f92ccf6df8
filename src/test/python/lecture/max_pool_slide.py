"""The slide on max pooling: one depth slice, 2x2 filter, stride 2 (the slide has no code)."""

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
sess = tf.InteractiveSession()

depth_slice = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]], np.float32)
print("single depth slice \n", depth_slice)
pool = tf.nn.max_pool(
    depth_slice.reshape(1, 4, 4, 1), ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID"
)
print("max pool with 2x2 filters and stride 2 \n", pool.eval().reshape(2, 2))
