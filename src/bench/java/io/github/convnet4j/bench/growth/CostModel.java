package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.stats.RelativeFit;
import java.util.List;
import java.util.function.Function;

/**
 * What any size costs, from what the points cost.
 *
 * <p>A step takes as long as something fixed, its multiplications and its activations' passes
 * through memory, the latter two shared among the threads. The process takes something fixed, so
 * many bytes for each byte of the activations, and so many for each byte of the data set.
 */
record CostModel(RelativeFit time, RelativeFit memory) {
  private static final double BYTES_PER_FLOAT = Float.BYTES;

  /** A convolution's window, 3x3. */
  private static final double WINDOW = 9;

  /** Bytes of an image besides its pixels: its label, and its places in two epochs' orders. */
  private static final double BESIDES_PIXELS = 3 * Integer.BYTES;

  /**
   * The model that fits the points best.
   *
   * @throws IllegalArgumentException if they are too few or too much alike
   */
  static CostModel of(List<Point> points) {
    return new CostModel(
        fit(points, CostModel::timeTerms, Cost.TIME),
        fit(
            points.stream().filter(Cost.MEMORY::isTold).toList(),
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

  /** Of the convolutions, forward: the first at full size, the others behind the pooling. */
  static double multiplications(Size size) {
    return size.batch()
        * WINDOW
        * size.width()
        * (pixels(size) + (size.depth() - 1.0) * pooledPixels(size) * size.width());
  }

  /** Values that the convolutions put out. */
  static double activations(Size size) {
    return size.batch()
        * (double) size.width()
        * (pixels(size) + (size.depth() - 1.0) * pooledPixels(size));
  }

  /** The pixels once, as bytes, and what goes with each image. */
  static double dataSetBytes(Size size) {
    return size.images() * (pixels(size) + BESIDES_PIXELS);
  }

  private static double pixels(Size size) {
    return (double) size.side() * size.side();
  }

  private static double pooledPixels(Size size) {
    int half = (size.side() + 1) / 2;
    return (double) half * half;
  }
}
