package io.github.convnet4j.bench.growth;

import java.util.List;

/**
 * How much there is to do.
 *
 * @param batch images a step
 * @param side of an image in pixels
 * @param width filters of each convolution
 * @param depth convolutions
 * @param images in the data set
 * @param threads that TensorFlow shares an operation among
 */
record Size(int batch, int side, int width, int depth, int images, int threads) {
  Size {
    if (batch < 1 || side < 2 || width < 1 || depth < 1 || images < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "all must be at least 1, side at least 2: %d, %d, %d, %d, %d, %d"
              .formatted(batch, side, width, depth, images, threads));
    }
  }

  /** As arguments, in the order of the components. */
  String[] arguments() {
    return List.of(batch, side, width, depth, images, threads).stream()
        .map(String::valueOf)
        .toArray(String[]::new);
  }

  /** Of {@link #arguments}. */
  static Size of(String[] arguments) {
    int[] numbers = List.of(arguments).stream().mapToInt(Integer::parseInt).limit(6).toArray();
    return new Size(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
  }
}
