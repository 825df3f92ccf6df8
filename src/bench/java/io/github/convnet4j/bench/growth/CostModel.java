package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.stats.RelativeFit;
import java.util.List;
import java.util.function.Function;

/**
 * Predicts the costs of any size from those of measured points.
 *
 * <p>The time of a step is a constant, plus terms in proportion to its multiplications and to its
 * activations, which the threads share. The memory of the process is a constant, plus terms in
 * proportion to the bytes of the activations and of the data set.
 */
record CostModel(RelativeFit time, RelativeFit memory) {
  private static final double BYTES_PER_FLOAT = Float.BYTES;

  /** A convolution's window, 3x3. */
  private static final double WINDOW = 9;

  /**
   * Bytes of an image in addition to its pixels: its label, and its places in two epochs' orders.
   */
  private static final double BYTES_WITHOUT_PIXELS = 3 * Integer.BYTES;

  /**
   * Returns the model that fits the points best.
   *
   * @throws IllegalArgumentException if there are too few points, or they are too similar
   */
  static CostModel of(List<Point> points) {
    return new CostModel(
        fit(points, CostModel::timeTerms, Cost.TIME),
        fit(
            points.stream().filter(Cost.MEMORY::isMeasured).toList(),
            CostModel::memoryTerms,
            Cost.MEMORY));
  }

  private static RelativeFit fit(List<Point> points, Function<Size, double[]> terms, Cost cost) {
    return RelativeFit.of(
        points.stream().map(Point::size).map(terms).toArray(double[][]::new),
        points.stream().mapToDouble(cost::of).toArray());
  }

  double secondsPerStep(Size size) {
    return time.at(timeTerms(size));
  }

  double bytes(Size size) {
    return memory.at(memoryTerms(size));
  }

  private static double[] timeTerms(Size size) {
    return new double[] {
      1, multiplications(size) / size.threads(), activations(size) / size.threads()
    };
  }

  private static double[] memoryTerms(Size size) {
    return new double[] {1, activations(size) * BYTES_PER_FLOAT, dataSetBytes(size)};
  }

  /**
   * Returns those of the convolutions in the forward pass: the first at full size, the others after
   * pooling.
   */
  static double multiplications(Size size) {
    return size.batch()
        * WINDOW
        * size.width()
        * (pixels(size) + (size.depth() - 1.0) * pooledPixels(size) * size.width());
  }

  /** Returns the number of output values of the convolutions. */
  static double activations(Size size) {
    return size.batch()
        * (double) size.width()
        * (pixels(size) + (size.depth() - 1.0) * pooledPixels(size));
  }

  /**
   * Returns the bytes of the data set: the pixels once, as bytes, and what goes with each image.
   */
  static double dataSetBytes(Size size) {
    return size.images() * (pixels(size) + BYTES_WITHOUT_PIXELS);
  }

  private static double pixels(Size size) {
    return (double) size.side() * size.side();
  }

  private static double pooledPixels(Size size) {
    int half = (size.side() + 1) / 2;
    return (double) half * half;
  }
}
