package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** See {@link Transforms#autoContrast}. */
record AutoContrast() implements Pixelwise {
  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    for (int channel = 0; channel < channels; channel++) {
      float smallest = Float.POSITIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = channel; i < image.length; i += channels) {
        smallest = Math.min(smallest, image[i]);
        largest = Math.max(largest, image[i]);
      }
      float range = largest - smallest;
      if (range > 0) {
        for (int i = channel; i < image.length; i += channels) {
          image[i] = (image[i] - smallest) / range;
        }
      }
    }
  }
}
