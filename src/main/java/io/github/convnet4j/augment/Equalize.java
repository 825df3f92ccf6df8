package io.github.convnet4j.augment;

import java.util.random.RandomGenerator;

/** See {@link Transforms#equalize}. */
record Equalize() implements Pixelwise {
  /** As Pillow's {@code ImageOps.equalize} does. */
  @Override
  public void apply(float[] image, int height, int width, int channels, RandomGenerator random) {
    for (int channel = 0; channel < channels; channel++) {
      int[] counts = new int[Levels.LARGEST + 1];
      for (int i = channel; i < image.length; i += channels) {
        counts[Levels.of(image[i])]++;
      }
      int last = Levels.LARGEST;
      while (counts[last] == 0) {
        last--;
      }
      int perLevel = (image.length / channels - counts[last]) / Levels.LARGEST;
      if (perLevel > 0) {
        float[] levels = new float[counts.length];
        int before = perLevel / 2;
        for (int level = 0; level < levels.length; level++) {
          levels[level] = Math.min(before / perLevel, Levels.LARGEST) / (float) Levels.LARGEST;
          before += counts[level];
        }
        for (int i = channel; i < image.length; i += channels) {
          image[i] = levels[Levels.of(image[i])];
        }
      }
    }
  }
}
