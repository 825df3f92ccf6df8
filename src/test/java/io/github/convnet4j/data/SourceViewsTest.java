package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Selected examples of a source, and its inputs as targets. */
class SourceViewsTest {
  /** Example {@code i} has the inputs {i, 10 i} and {-i}, and the target {100 i}. */
  private record Numbers(int size) implements Source {
    @Override
    public List<Shape> inputShapes() {
      return List.of(Shape.of(2), Shape.of(1));
    }

    @Override
    public List<Shape> targetShapes() {
      return List.of(Shape.of(1));
    }

    @Override
    public List<String> inputNames() {
      return List.of("pair", "minus");
    }

    @Override
    public List<String> targetNames() {
      return List.of("hundred");
    }

    @Override
    public void fill(int[] indices, ExampleBatch batch) {
      for (int i = 0; i < indices.length; i++) {
        batch.inputs().get(0)[2 * i] = indices[i];
        batch.inputs().get(0)[2 * i + 1] = 10 * indices[i];
        batch.inputs().get(1)[i] = -indices[i];
        batch.targets().get(0)[i] = 100 * indices[i];
      }
    }
  }

  private static ExampleBatch filled(Source source, int... indices) {
    ExampleBatch batch = source.newBatch(indices.length);
    source.fill(indices, batch);
    return batch;
  }

  @Test
  void selectedExamplesAreThoseOfTheSourceInTheGivenOrder() {
    Source all = new Numbers(10);
    Source some = all.select(new int[] {7, 2, 7, 0});
    assertEquals(4, some.size());
    assertEquals(all.inputShapes(), some.inputShapes());
    assertEquals(all.targetShapes(), some.targetShapes());
    assertEquals(all.inputNames(), some.inputNames());
    assertEquals(all.targetNames(), some.targetNames());
    ExampleBatch batch = filled(some, 1, 0, 2);
    assertArrayEquals(new float[] {2, 20, 7, 70, 7, 70}, batch.inputs().get(0));
    assertArrayEquals(new float[] {-2, -7, -7}, batch.inputs().get(1));
    assertArrayEquals(new float[] {200, 700, 700}, batch.targets().get(0));
    assertArrayEquals(
        new float[] {0, 700}, filled(some.select(new int[] {3, 0}), 0, 1).targets().get(0));
  }

  @Test
  void selectingKeepsACopyOfTheIndices() {
    int[] indices = {1, 2};
    Source some = new Numbers(3).select(indices);
    indices[0] = 0;
    assertArrayEquals(new float[] {100}, filled(some, 0).targets().get(0));
  }

  @Test
  void refusesIndicesThatAreNotThere() {
    Source all = new Numbers(3);
    for (int index : new int[] {-1, 3}) {
      assertThrows(IndexOutOfBoundsException.class, () -> all.select(new int[] {0, index}));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> all.select(new int[0])).getMessage();
    assertTrue(message.contains("indices") && message.endsWith("0"), message);
    Source some = all.select(new int[] {1});
    assertThrows(IndexOutOfBoundsException.class, () -> filled(some, 1));
  }

  @Test
  void inputsAsTargetsAreTheInputs() {
    Source twins = new Numbers(5).withInputsAsTargets();
    assertEquals(5, twins.size());
    assertEquals(List.of(Shape.of(2), Shape.of(1)), twins.targetShapes());
    assertEquals(List.of("pair", "minus"), twins.inputNames());
    ExampleBatch batch = filled(twins, 4, 1);
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(batch.inputs().get(i), batch.targets().get(i));
    }
    assertArrayEquals(new float[] {4, 40, 1, 10}, batch.targets().get(0));
    // In either order of the two views.
    assertArrayEquals(new float[] {-3}, filled(twins.select(new int[] {3}), 0).targets().get(1));
    assertArrayEquals(
        new float[] {-3},
        filled(new Numbers(5).select(new int[] {3}).withInputsAsTargets(), 0).targets().get(1));
  }

  @Test
  void drawsSomeExamplesInAscendingOrder() {
    Source all = new Numbers(5);
    int[] order = {3, 0, 4, 1, 2};
    assertArrayEquals(new int[] {0, 3}, all.draw(order, 2));
    assertArrayEquals(new int[] {0, 3, 4}, all.withInputsAsTargets().draw(order, 3));
    assertThrows(IllegalArgumentException.class, () -> all.draw(order, 0));
  }

  /** A data set has classes, so what is held out has the same share of each. */
  @Test
  void drawsTheSameShareOfEachClassFromADataSet() {
    int[] labels = new int[40];
    Arrays.fill(labels, 30, 40, 1);
    DataSet sorted = DataSet.of(new byte[40], labels, Shape.of(1, 1, 1), 2);
    int[] order = EpochOrder.of(40, 3).next();
    for (Source source : List.of(sorted, sorted.withInputsAsTargets())) {
      List<Integer> classes = new ArrayList<>();
      for (int index : source.draw(order, 4)) {
        classes.add(labels[index]);
      }
      assertEquals(List.of(0, 0, 0, 1), classes);
    }
    DataSet selected = assertInstanceOf(DataSet.class, sorted.select(new int[] {39, 0}));
    assertArrayEquals(new int[] {1, 0}, selected.labels());
  }

  @Test
  void aBatchHasTheSameNumberOfValuesForEachExample() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExampleBatch(2, List.of(new float[3]), List.of()))
            .getMessage();
    assertTrue(message.contains("inputs") && message.contains("3"), message);
    assertThrows(IllegalArgumentException.class, () -> new ExampleBatch(0, List.of(), List.of()));
  }
}
