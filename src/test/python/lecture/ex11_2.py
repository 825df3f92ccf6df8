"""ex11_2: convolution with one 2x2 filter of ones, VALID (pictures left out)."""

import numpy as np
import tensorflow.compat.v1 as tf

from small_image import small_image

tf.disable_v2_behavior()
sess = tf.InteractiveSession()

image = small_image()
print("● image.shape", image.shape)
print("image rank :", image.ndim)
print("image", image)

weight = tf.constant(np.ones((2, 2, 1, 1), np.float32))
print("● weight.shape", weight.shape)
print("weight rank : ", tf.rank(weight).eval())
print("weight (weight.eval()) \n", weight.eval())
print("weight (sess.run([weight])) \n", sess.run([weight]))

conv2d_img = tf.nn.conv2d(image, weight, strides=[1, 1, 1, 1], padding="VALID").eval()
print("=" * 40)
print("● conv2d_img.shape", conv2d_img.shape)
print("conv2d_img \n ", conv2d_img)
print("=" * 40)
print("● conv2d_img.reshape(2,2) \n", conv2d_img.reshape(2, 2))
print("=" * 40)
