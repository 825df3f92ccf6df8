package io.github.convnet4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

class WeightsTest {
  private static Weights weights() {
    return Weights.builder()
        .add("conv2d/kernel", Shape.of(1, 1, 1, 2), new float[] {1, 2})
        .add("conv2d/bias", Shape.of(2), new float[] {3, 4})
        .add("conv2d_1/kernel", Shape.of(2), new float[] {5, 6})
        .add("residual/conv2d/kernel", Shape.scalar(), new float[] {7})
        .build();
  }

  private static List<String> names(Weights weights) {
    return List.copyOf(weights.names());
  }

  @Test
  void holdsShapesAndValues() {
    Weights weights = weights();
    assertEquals(Shape.of(1, 1, 1, 2), weights.shape("conv2d/kernel"));
    assertArrayEquals(new float[] {3, 4}, weights.values("conv2d/bias"));
    assertEquals(7, weights.valueCount());
    assertEquals(
        "4 variables, 7 values: conv2d/kernel [1, 1, 1, 2], conv2d/bias [2], conv2d_1/kernel [2],"
            + " residual/conv2d/kernel []",
        weights.toString());
  }

  @Test
  void cannotBeChanged() {
    float[] values = {1, 2};
    Weights weights = Weights.builder().add("a", Shape.of(2), values).build();
    values[0] = 9;
    weights.values("a")[1] = 9;
    assertArrayEquals(new float[] {1, 2}, weights.values("a"));
    assertThrows(UnsupportedOperationException.class, () -> weights.names().remove("a"));
  }

  @Test
  void aBuilderCanGoOnAfterItHasBuilt() {
    Weights.Builder builder = Weights.builder().add("a", Shape.of(1), new float[] {1});
    Weights first = builder.build();
    builder.add("b", Shape.of(1), new float[] {1});
    assertEquals(Set.of("a"), first.names());
    assertEquals(Set.of("a", "b"), builder.build().names());
  }

  @Test
  void patternsNameLayersOrVariables() {
    assertEquals(List.of("conv2d/kernel", "conv2d/bias"), names(weights().matching("conv2d")));
    assertEquals(
        List.of("conv2d/kernel", "conv2d/bias", "conv2d_1/kernel"),
        names(weights().matching("conv2d*")));
    assertEquals(
        List.of("conv2d/bias", "residual/conv2d/kernel"),
        names(weights().matching("residual", "*/bias")));
    assertEquals(List.of("conv2d/bias"), names(weights().without("*/kernel")));
    assertTrue(weights().without("*").isEmpty());
  }

  @Test
  void layersAndVariablesCanBeRenamed() {
    Weights renamed = weights().renamed("conv2d", "stem/first");
    assertEquals(
        List.of(
            "stem/first/kernel", "stem/first/bias", "conv2d_1/kernel", "residual/conv2d/kernel"),
        names(renamed));
    assertArrayEquals(new float[] {1, 2}, renamed.values("stem/first/kernel"));
    assertEquals(
        Set.of("conv2d/weights", "conv2d/bias", "conv2d_1/kernel", "residual/conv2d/kernel"),
        weights().renamed("conv2d/kernel", "conv2d/weights").names());
    assertEquals(weights(), renamed.renamed("stem/first", "conv2d"));
  }

  @Test
  void areComparedByContent() {
    assertEquals(weights(), weights());
    assertEquals(weights().hashCode(), weights().hashCode());
    Weights one = Weights.builder().add("a", Shape.of(2), new float[] {1, 2}).build();
    assertNotEquals(one, Weights.builder().add("a", Shape.of(2), new float[] {1, 3}).build());
    assertNotEquals(one, Weights.builder().add("b", Shape.of(2), new float[] {1, 2}).build());
    assertNotEquals(one, Weights.builder().add("a", Shape.of(1, 2), new float[] {1, 2}).build());
    assertNotEquals(weights(), weights().matching("conv2d"));
  }

  @Test
  void namesTheMistake() {
    Weights.Builder builder = Weights.builder().add("a", Shape.of(1), new float[1]);
    assertMessage("a", () -> builder.add("a", Shape.of(1), new float[1]));
    assertMessage("2: 3", () -> builder.add("b", Shape.of(2), new float[3]));
    assertMessage("[-1]", () -> builder.add("b", Shape.of(-1), new float[1]));
    assertMessage("name", () -> builder.add("", Shape.of(1), new float[1]));
    assertMessage("conv2d/krenel", () -> weights().values("conv2d/krenel"));
    assertMessage("dense*", () -> weights().matching("conv2d", "dense*"));
    assertMessage("dense*", () -> weights().without("dense*"));
    assertMessage("dense", () -> weights().renamed("dense", "conv2d"));
    assertMessage("conv2d", () -> weights().renamed("conv2d_1", "conv2d"));
    assertMessage("to", () -> weights().renamed("conv2d/kernel", ""));
  }

  private static void assertMessage(String part, Executable executable) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    assertTrue(message.contains(part), message);
  }
}
