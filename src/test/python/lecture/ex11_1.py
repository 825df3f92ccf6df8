"""ex11_1: an image as an array of rank 4 (pictures left out)."""

from small_image import small_image

image = small_image()
print("image shape : ", image.shape)
print("image rank : ", image.ndim)
print("image[0] \n", image[0])
print("image[0,1] \n", image[0, 1])
print("image[0,1,0] \n", image[0, 1, 0])

re_image = image.reshape(3, 3)
print("re_image", re_image)
print("re_image shape : ", re_image.shape)
print("re_image rank : ", re_image.ndim)
