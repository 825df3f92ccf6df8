"""ex11_4: three filters give three images (pictures left out). Argument: --more"""

import argparse

import numpy as np
import tensorflow.compat.v1 as tf

from small_image import small_image

parser = argparse.ArgumentParser()
parser.add_argument("--more", action="store_true", help="also print the parts of weight")
more = parser.parse_args().more

tf.disable_v2_behavior()
sess = tf.InteractiveSession()

image = small_image()
print("image.shape", image.shape)
print("image\n", image)

weight = tf.constant(np.full((2, 2, 1, 3), [1, 10, -1], np.float32))
print("weight.shape", weight.shape)
if more:
    weight_array = weight.eval()
    print("weight\n", weight_array)
    for i in range(2):
        print(f"weight[{i}]\n", weight_array[i])
        for j in range(2):
            print(f"weight[{i},{j}]\n", weight_array[i, j])
            print(f"weight[{i},{j},0]\n", weight_array[i, j, 0])

conv2d_img = tf.nn.conv2d(image, weight, strides=[1, 1, 1, 1], padding="SAME").eval()
print("conv2d_img.shape", conv2d_img.shape)
print("● conv2d_img\n", conv2d_img)

conv2d_img = np.swapaxes(conv2d_img, 0, 3)
print("● swap -> conv2d_img\n", conv2d_img)

for i, one_img in enumerate(conv2d_img):
    print("=" * 10, " i : ", i, "=" * 10)
    print("● one_img shape\n", one_img.shape)
    print("● one_img\n", one_img)
    print("● one_img (3 x 3) reshape\n", one_img.reshape(3, 3))
