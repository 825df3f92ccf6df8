"""ex11_3: the convolution of ex11_2 with SAME padding (pictures left out)."""

import numpy as np
import tensorflow.compat.v1 as tf

from small_image import small_image

tf.disable_v2_behavior()
sess = tf.InteractiveSession()

image = small_image()
print("● image.shape", image.shape)
print("image \n ", image)

weight = tf.constant(np.ones((2, 2, 1, 1), np.float32))
print("● weight.shape", weight.shape)

conv2d_img = tf.nn.conv2d(image, weight, strides=[1, 1, 1, 1], padding="SAME").eval()
print("=" * 40)
print("● conv2d_img.shape", conv2d_img.shape)
print("conv2d_img \n ", conv2d_img)
print("=" * 40)
print("● conv2d_img.reshape(3,3) \n", conv2d_img.reshape(3, 3))
print("=" * 40)
