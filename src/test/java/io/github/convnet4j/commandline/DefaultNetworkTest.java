package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private static List<String> convolutions(Network network) {
    return network.nodes().stream()
        .filter(placed -> placed.computation().kind().equals("conv2d"))
        .map(PlacedNode::output)
        .map(Shape::toString)
        .toList();
  }
}
