package io.github.convnet4j.bench.growth;

import java.util.List;

/**
 * The size of a training task.
 *
 * @param batch images per step
 * @param side the side of an image in pixels
 * @param width filters of each convolution
 * @param depth the number of convolutions
 * @param images the number of images in the data set
 * @param threads the number of threads that share an operation
 */
record Size(int batch, int side, int width, int depth, int images, int threads) {
  Size {
    if (batch < 1 || side < 2 || width < 1 || depth < 1 || images < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "all must be at least 1, side at least 2: %d, %d, %d, %d, %d, %d"
              .formatted(batch, side, width, depth, images, threads));
    }
  }

  /** Returns the components as arguments, in order. */
  String[] arguments() {
    return List.of(batch, side, width, depth, images, threads).stream()
        .map(String::valueOf)
        .toArray(String[]::new);
  }

  /** Reads what {@link #arguments} returns. */
  static Size of(String[] arguments) {
    int[] numbers = List.of(arguments).stream().mapToInt(Integer::parseInt).limit(6).toArray();
    return new Size(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
  }
}
