package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class DefaultNetworkTest {
  @Test
  void poolsDigitsTwice() {
    Network network = DefaultNetwork.ofVector(Shape.of(28, 28, 1), 10);
    assertEquals(List.of("[28, 28, 32]", "[14, 14, 64]"), convolutions(network));
    assertTrue(network.toString().contains("flatten [3136]"), network.toString());
  }

  @Test
  void filtersDoubleUpToALimit() {
    assertEquals(
        List.of(
            "[224, 160, 32]", "[112, 80, 64]", "[56, 40, 128]", "[28, 20, 256]", "[14, 10, 256]"),
        convolutions(DefaultNetwork.ofVector(Shape.of(224, 160, 3), 5)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 2", "2, 300, 3, 3", "7, 7, 1, 4", "8, 8, 3, 2", "9, 31, 1, 300"})
  void acceptsAnySize(int height, int width, int channels, int classes) {
    Network network = DefaultNetwork.ofVector(Shape.of(height, width, channels), classes);
    assertEquals(Shape.of(height, width, channels), network.input());
    assertEquals(Shape.of(classes), network.output());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 2", "9, 31, 3, 5", "33, 47, 1, 2", "64, 64, 3, 21", "7, 200, 1, 3"})
  void segmentsImagesOfAnySizeAtTheirOwnSize(int height, int width, int channels, int classes) {
    Source images = new Examples(Shape.of(height, width, channels), List.of());
    Network network = DefaultNetwork.of(TaskKind.SEGMENTATION, images, classes);
    assertEquals(Shape.of(height, width, channels), network.input());
    assertEquals(Shape.of(height, width, classes), network.output());
  }

  @Test
  void numbersStartAtTheirMeanAndSpread() {
    // The means are 3 and -0.002; the second is always the same.
    Source images =
        new Examples(
            Shape.of(8, 8, 1), List.of(new float[] {1, -0.002f}, new float[] {5, -0.002f}));
    assertEquals(
        List.of(new TargetScale(3, 2), new TargetScale(-0.002, 1)), TargetScale.of(images));
    Network network = DefaultNetwork.of(TaskKind.REGRESSION, images, 2);
    assertEquals(Shape.of(2), network.output());
    String json = network.toJson();
    assertTrue(json.contains("\"scale\" : 2.0") && json.contains("\"offset\" : 3.0"), json);
  }

  /** Black images with these targets. */
  private record Examples(Shape image, List<float[]> targets) implements Source {
    @Override
    public int size() {
      return targets.size();
    }

    @Override
    public List<Shape> inputShapes() {
      return List.of(image);
    }

    @Override
    public List<Shape> targetShapes() {
      return List.of(Shape.of(targets.get(0).length));
    }

    @Override
    public void fill(int[] indices, ExampleBatch batch) {
      int n = targets.get(0).length;
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(targets.get(indices[i]), 0, batch.target(), i * n, n);
      }
    }
  }

  private static List<String> convolutions(Network network) {
    return network.nodes().stream()
        .filter(placed -> placed.computation().kind().equals("conv2d"))
        .map(PlacedNode::output)
        .map(Shape::toString)
        .toList();
  }
}
