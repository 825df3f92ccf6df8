package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.channelRescaling;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.cropping;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.elu;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.globalMaxPool;
import static io.github.convnet4j.layer.Layers.groupNorm;
import static io.github.convnet4j.layer.Layers.hardSigmoid;
import static io.github.convnet4j.layer.Layers.hardSwish;
import static io.github.convnet4j.layer.Layers.layerNorm;
import static io.github.convnet4j.layer.Layers.layerScale;
import static io.github.convnet4j.layer.Layers.prelu;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.relu6;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.layer.Layers.softplus;
import static io.github.convnet4j.layer.Layers.swish;
import static io.github.convnet4j.layer.Layers.tanh;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Layers.zeroPadding;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.model.NetworkRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Compares values and gradients, with respect to the input and to each weight, with those of Keras,
 * printed by {@code src/test/python/print_layers.py}.
 */
class KerasFiguresTest {
  private static final int BATCH = 2;
  private static final Shape IMAGE = Shape.of(3, 4, 2);
  private static final Shape GROUPED = Shape.of(4, 3, 4);
  private static final Shape VECTOR = Shape.of(6);

  /** A layer, the shape of its input, and the factor of its input. */
  private record Case(Layer layer, Shape input, double scale) {
    Case(Layer layer, Shape input) {
      this(layer, input, 1);
    }
  }

  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  static {
    CASES.put("conv2d-relu", new Case(conv2d(3, 3).activation(relu()), IMAGE));
    CASES.put("conv2d-groups", new Case(conv2d(6, 3).groups(2), GROUPED));
    CASES.put(
        "conv2d-groups-stride",
        new Case(conv2d(4, 2).stride(2).groups(4).padding(Padding.VALID), GROUPED));
    CASES.put(
        "conv2d-groups-dilation",
        new Case(conv2d(4, 2).dilation(2).groups(2).padding(Padding.VALID), GROUPED));
    CASES.put("dense-softmax", new Case(dense(4).activation(softmax()), VECTOR));
    CASES.put("separable-elu", new Case(separableConv2d(3, 3).activation(elu()), IMAGE));
    CASES.put("depthwise", new Case(depthwiseConv2d(3), IMAGE));
    CASES.put(
        "depthwise-all",
        new Case(
            depthwiseConv2d(2, 3)
                .stride(2)
                .depthMultiplier(3)
                .withoutBias()
                .activation(tanh())
                .padding(Padding.VALID),
            Shape.of(4, 5, 2)));
    CASES.put("transpose", new Case(conv2dTranspose(3, 3), IMAGE));
    CASES.put("transpose-stride", new Case(conv2dTranspose(3, 3).stride(2), IMAGE));
    CASES.put(
        "transpose-valid", new Case(conv2dTranspose(2, 3).stride(2).padding(Padding.VALID), IMAGE));
    CASES.put("transpose-gaps", new Case(conv2dTranspose(2, 2).stride(3), IMAGE));
    CASES.put(
        "transpose-valid-gaps",
        new Case(conv2dTranspose(2, 2).stride(3).padding(Padding.VALID), IMAGE));
    CASES.put(
        "transpose-all",
        new Case(conv2dTranspose(1, 4, 2).stride(1, 2).withoutBias().activation(sigmoid()), IMAGE));
    CASES.put("upsampling", new Case(upsampling(2, 3), IMAGE));
    CASES.put("upsampling-bilinear", new Case(upsampling(2).bilinear(), IMAGE));
    CASES.put("upsampling-bilinear-all", new Case(upsampling(3, 1).bilinear(), IMAGE));
    CASES.put("zero-padding", new Case(zeroPadding(1), Shape.of(2, 2, 2)));
    CASES.put(
        "zero-padding-all", new Case(zeroPadding(0).bottom(1).left(2).right(3), Shape.of(2, 2, 2)));
    CASES.put("cropping", new Case(cropping(1), IMAGE));
    CASES.put("cropping-all", new Case(cropping(0).bottom(1).left(2).right(1), IMAGE));
    CASES.put("global-max-pool", new Case(globalMaxPool(), IMAGE));
    CASES.put("reshape", new Case(reshape(-1, 2, 3), IMAGE));
    CASES.put("rescaling", new Case(rescaling(1 / 127.5, -1), IMAGE));
    CASES.put(
        "channel-rescaling",
        new Case(channelRescaling(List.of(0.5, 2.0), List.of(1.0, -1.0)), IMAGE));
    CASES.put("global-max-pool-image", new Case(globalMaxPool().keepingDimensions(), IMAGE));
    CASES.put(
        "global-average-pool-image", new Case(globalAveragePool().keepingDimensions(), IMAGE));
    CASES.put("dense-image", new Case(dense(3).activation(tanh()).alongLastDimension(), IMAGE));
    CASES.put("layer-scale", new Case(layerScale(0.1), IMAGE));
    CASES.put("layer-norm", new Case(layerNorm(), Shape.of(3, 4, 5)));
    CASES.put("layer-norm-vector", new Case(layerNorm().epsilon(0.1), VECTOR));
    CASES.put("group-norm", new Case(groupNorm(2), Shape.of(3, 2, 4)));
    CASES.put("group-norm-one", new Case(groupNorm(1).epsilon(0.1), Shape.of(3, 2, 4)));
    CASES.put("group-norm-vector", new Case(groupNorm(2), VECTOR));
    CASES.put("prelu", new Case(prelu(), IMAGE));
    CASES.put("prelu-shared", new Case(prelu().sharedAxes(1, 2), IMAGE));
    CASES.put("prelu-vector", new Case(prelu(), VECTOR));
    CASES.put("swish", new Case(swish(), IMAGE, 4));
    CASES.put("hard-swish", new Case(hardSwish(), IMAGE, 4));
    CASES.put("hard-sigmoid", new Case(hardSigmoid(), IMAGE, 4));
    CASES.put("softplus", new Case(softplus(), IMAGE, 4));
    CASES.put("relu6", new Case(relu6(), IMAGE, 6));
    CASES.put("relu-ceiling", new Case(relu(1.5), IMAGE, 4));
  }

  static final Set<String> NAMES = CASES.keySet();

  @Test
  void everyCaseHasFigures() {
    assertEquals(NAMES, figures().keySet());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void valuesAndGradientsEqualThoseOfKeras(String name) {
    Case tested = CASES.get(name);
    Map<String, float[]> expected = figures().get(name);
    for (Mode mode : Mode.values()) {
      try (NetworkRun run = NetworkRun.of(tested.input, BATCH, mode, tested.layer)) {
        float[] input = inputs(BATCH * (int) tested.input.size(), tested.scale);
        List<Variable<TFloat32>> variables = run.net.variables();
        for (int i = 0; i < variables.size(); i++) {
          run.set(pathOf(variables.get(i)), weights((int) variables.get(i).shape().size(), i));
        }
        Map<String, float[]> actual = new HashMap<>();
        actual.put("forward", run.forward(input));
        List<float[]> gradients = run.gradients(input);
        actual.put("input", gradients.get(0));
        for (int i = 0; i < variables.size(); i++) {
          String path = pathOf(variables.get(i));
          actual.put(path.substring(path.indexOf('/') + 1), gradients.get(i + 1));
        }
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((what, values) -> assertNear(values, actual.get(what), what));
      }
    }
  }

  private static String pathOf(Variable<TFloat32> variable) {
    return variable.op().name().substring("net/".length());
  }

  /** The figures have seven digits, and sums of up to a hundred numbers have rounding errors. */
  private static void assertNear(float[] expected, float[] actual, String what) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, actual, 2e-6f * largest, what);
  }

  private static float[] inputs(int n, double scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * (2 * (i * 37 % 101) - 101) / 64);
    }
    return values;
  }

  private static float[] weights(int n, int index) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (2 * ((i * 29 + 11 * index) % 61) - 61) / 64f;
    }
    return values;
  }

  /** Returns what {@code layers.txt} holds: by case, by "forward", "input" or a weight's name. */
  private static Map<String, Map<String, float[]>> figures() {
    Map<String, Map<String, float[]>> figures = new HashMap<>();
    for (String line : lines()) {
      String[] words = line.split(" ", -1);
      float[] values = new float[words.length - 2];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words[i + 2]);
      }
      // Keras' separable convolution calls its kernels depthwise_kernel and pointwise_kernel.
      String what = words[1].replaceFirst("^(depthwise|pointwise)_kernel$", "$1");
      figures.computeIfAbsent(words[0], name -> new HashMap<>()).put(what, values);
    }
    return figures;
  }

  private static List<String> lines() {
    try (InputStream in = KerasFiguresTest.class.getResourceAsStream("layers.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
