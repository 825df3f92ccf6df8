package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.conv2d;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.model.NetworkRun;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tensorflow.ndarray.Shape;

/** A convolution in groups equals one convolution for each group of channels, concatenated. */
class GroupedConvolutionTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 5;
  private static final int CHANNELS = 6;
  private static final int FILTERS = 9;
  private static final int GROUPS = 3;
  private static final int ELEMENTS = 3 * 2; // of a kernel, for one channel and one filter

  static final List<Conv2d> CONVOLUTIONS =
      List.of(
          conv2d(FILTERS, 3, 2),
          conv2d(FILTERS, 3, 2).stride(2),
          conv2d(FILTERS, 3, 2).padding(Padding.VALID),
          conv2d(FILTERS, 3, 2).dilation(2, 1));

  private static float[] random(int n, int seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(9) - 4;
    }
    return values;
  }

  /** Returns a range of columns of a matrix with this many columns. */
  private static float[] columns(float[] matrix, int columns, int from, int to) {
    int rows = matrix.length / columns;
    float[] part = new float[rows * (to - from)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * columns + from, part, row * (to - from), to - from);
    }
    return part;
  }

  @ParameterizedTest
  @FieldSource("CONVOLUTIONS")
  void equalsConcatenatedConvolutions(Conv2d whole) {
    float[] image = random(HEIGHT * WIDTH * CHANNELS, 1);
    float[] kernel = random(ELEMENTS * CHANNELS / GROUPS * FILTERS, 2);
    float[] bias = random(FILTERS, 3);
    Shape shape = Shape.of(HEIGHT, WIDTH, CHANNELS);
    float[] grouped;
    try (NetworkRun run = NetworkRun.of(shape, 1, Mode.INFERENCE, whole.groups(GROUPS))) {
      grouped = run.set("conv2d/kernel", kernel).set("conv2d/bias", bias).forward(image);
    }
    int in = CHANNELS / GROUPS;
    int out = FILTERS / GROUPS;
    Conv2d one =
        new Conv2d(
            out,
            whole.window(),
            1,
            true,
            whole.kernelInitializer(),
            whole.biasInitializer(),
            0,
            whole.activation(),
            "");
    for (int group = 0; group < GROUPS; group++) {
      int from = group * out;
      try (NetworkRun run = NetworkRun.of(Shape.of(HEIGHT, WIDTH, in), 1, Mode.INFERENCE, one)) {
        run.set("conv2d/kernel", columns(kernel, FILTERS, from, from + out))
            .set("conv2d/bias", columns(bias, FILTERS, from, from + out));
        // Integers are exact, whatever the order of the additions.
        assertArrayEquals(
            run.forward(columns(image, CHANNELS, group * in, (group + 1) * in)),
            columns(grouped, FILTERS, from, from + out));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("CONVOLUTIONS")
  void needsAThirdOfTheParametersAndMultiplyAdds(Conv2d whole) {
    Shape shape = Shape.of(HEIGHT, WIDTH, CHANNELS);
    Conv2d full = whole.withoutBias();
    Conv2d grouped = full.groups(GROUPS);
    assertEquals(full.outputShape(shape), grouped.outputShape(shape));
    assertEquals(full.multiplyAdds(shape), 3 * grouped.multiplyAdds(shape));
    assertEquals(full.parameters(shape).get(0).size(), 3 * grouped.parameters(shape).get(0).size());
  }
}
