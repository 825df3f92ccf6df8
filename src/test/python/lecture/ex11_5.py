"""ex11_5: max pooling, first VALID, then SAME."""

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
sess = tf.InteractiveSession()

image = np.array([4, 3, 2, 1], np.float32).reshape(1, 2, 2, 1)

for padding in ("VALID", "SAME"):
    print("image \n", image)
    pool = tf.nn.max_pool(image, ksize=[1, 2, 2, 1], strides=[1, 1, 1, 1], padding=padding)
    print("● pool.shape \n ", pool.shape)
    print("● pool.eval() \n ", pool.eval())
