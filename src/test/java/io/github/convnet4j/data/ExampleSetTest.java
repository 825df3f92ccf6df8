package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Examples in memory with several inputs and targets. */
class ExampleSetTest {
  /** Three examples with two inputs and four targets. */
  private static ExampleSet patients() {
    return ExampleSet.builder()
        .images("scan", new byte[] {0, 51, 102, -1, -128, 1}, 1, 2, 1)
        .input("age", new float[] {30, 40.5f, -1}, 1)
        .classTarget("kind", new int[] {2, 0, 1}, 3)
        .target("days", new float[] {1, 2, 3, 4, 5, 6}, 2)
        .masks("tumor", new byte[] {0, 1, -1, 2, 3, 4}, 1, 2)
        .target("image", new float[12], 2, 2, 1)
        .build();
  }

  @Test
  void tellsNamesAndShapesInTheOrderInWhichTheyWereAdded() {
    ExampleSet patients = patients();
    assertEquals(3, patients.size());
    assertEquals(List.of("scan", "age"), patients.inputNames());
    assertEquals(List.of(Shape.of(1, 2, 1), Shape.of(1)), patients.inputShapes());
    assertEquals(List.of("kind", "days", "tumor", "image"), patients.targetNames());
    assertEquals(
        List.of(Shape.of(3), Shape.of(2), Shape.of(1, 2), Shape.of(2, 2, 1)),
        patients.targetShapes());
  }

  @Test
  void fillsABatchInTheGivenOrderOverItsEarlierValues() {
    ExampleSet patients = patients();
    ExampleBatch batch = patients.newBatch(3);
    for (int[] indices : new int[][] {{0, 1, 2}, {2, 0, 2}}) {
      patients.fill(indices, batch);
    }
    // Bytes are scaled to values from 0 to 1; -1 is 255 and -128 is 128. Floats stay as they are.
    float unit = 1 / 255f;
    assertArrayEquals(
        new float[] {128 * unit, unit, 0, 51 * unit, 128 * unit, unit},
        batch.inputs().get(0),
        1e-7f);
    assertArrayEquals(new float[] {-1, 30, -1}, batch.inputs().get(1));
    assertArrayEquals(new float[] {0, 1, 0, 0, 0, 1, 0, 1, 0}, batch.targets().get(0));
    assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, batch.targets().get(1));
    // Masks hold numbers from 0 to 255: they are not scaled.
    assertArrayEquals(new float[] {3, 4, 0, 1, 3, 4}, batch.targets().get(2));
    assertArrayEquals(new float[12], batch.targets().get(3));
  }

  /** Pixels are scaled as those of a {@link DataSet}, bit for bit. */
  @Test
  void scalesBytesAsADataSetDoes() {
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    ExampleSet set = ExampleSet.builder().images("image", pixels, 16, 16, 1).build();
    ExampleBatch batch = set.newBatch(1);
    set.fill(new int[] {0}, batch);
    assertArrayEquals(
        DataSet.of(pixels, new int[1], Shape.of(16, 16, 1), 2).imageFloats(0),
        batch.inputs().get(0));
  }

  @Test
  void keepsCopiesOfAllArrays() {
    byte[] pixels = {10};
    float[] numbers = {1};
    int[] classes = {1};
    byte[] mask = {1};
    ExampleSet set =
        ExampleSet.builder()
            .images("pixels", pixels, 1, 1, 1)
            .input("numbers", numbers, 1)
            .classTarget("classes", classes, 2)
            .masks("mask", mask, 1, 1)
            .build();
    ExampleBatch before = set.newBatch(1);
    set.fill(new int[] {0}, before);
    pixels[0] = 0;
    numbers[0] = 7;
    classes[0] = 0;
    mask[0] = 9;
    ExampleBatch after = set.newBatch(1);
    set.fill(new int[] {0}, after);
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(before.inputs().get(i), after.inputs().get(i));
      assertArrayEquals(before.targets().get(i), after.targets().get(i));
    }
  }

  @Test
  void aBuilderCanBeUsedAgainWithoutChangingWhatItBuilt() {
    ExampleSet.Builder builder = ExampleSet.builder().input("a", new float[2], 1);
    ExampleSet first = builder.build();
    ExampleSet second = builder.input("b", new float[2], 1).build();
    assertEquals(List.of("a"), first.inputNames());
    assertEquals(List.of("a", "b"), second.inputNames());
  }

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void refusesArraysThatDoNotFit() {
    ExampleSet.Builder two = ExampleSet.builder().input("a", new float[4], 2);
    assertFault(() -> two.input("age", new float[3], 2), "age", "3", "2");
    assertFault(() -> two.input("age", new float[3], 1), "age", "3", "2 examples");
    assertFault(() -> two.images("scan", new byte[7], 1, 2, 1), "scan", "7", "[1, 2, 1]");
    assertFault(() -> two.masks("mask", new byte[12], 2, 2), "mask", "3", "2 examples");
    assertFault(() -> two.classTarget("kind", new int[3], 2), "kind", "3", "2 examples");
    assertFault(() -> two.input("none", new float[0], 1), "none", "0");
    assertFault(() -> two.input("flat", new float[2], 1, 0), "flat", "[1, 0]");
    assertFault(() -> two.input("any", new float[2], -1), "any");
  }

  @Test
  void refusesValuesThatDoNotFit() {
    ExampleSet.Builder builder = ExampleSet.builder();
    assertFault(
        () -> builder.input("age", new float[] {1, 2, 3, Float.NaN}, 2),
        "age",
        "value 1",
        "example 1",
        "NaN");
    assertFault(
        () -> builder.target("days", new float[] {Float.POSITIVE_INFINITY}, 1),
        "days",
        "example 0",
        "Infinity");
    assertFault(
        () -> builder.classTarget("kind", new int[] {0, 3}, 3), "kind", "label 1", "2", "3");
    assertFault(() -> builder.classTarget("kind", new int[] {-1}, 3), "kind", "label 0", "-1");
    assertFault(() -> builder.classTarget("kind", new int[1], 0), "classes", "0");
  }

  @Test
  void refusesNamesThatAreUsedTwiceAndASetWithoutInputs() {
    ExampleSet.Builder builder = ExampleSet.builder().input("a", new float[1], 1);
    assertFault(() -> builder.input("a", new float[1], 1), "name", "a");
    assertFault(
        () -> builder.target("b", new float[1], 1).target("b", new float[1], 1), "name", "b");
    assertFault(() -> ExampleSet.builder().target("b", new float[1], 1).build(), "inputs");
    // A refused array leaves no trace.
    ExampleSet.Builder fresh = ExampleSet.builder();
    assertFault(() -> fresh.input("bad", new float[] {Float.NaN, 0, 0}, 1), "bad");
    assertEquals(2, fresh.input("good", new float[2], 1).build().size());
  }
}
