package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** What every source can do: filter, take, skip, sample, concat, weights. */
class SourceOperationsTest {
  private static final DataSet IMAGES =
      DataSet.of(new byte[] {0, 1, 2, 3, 4, 5}, new int[] {0, 1, 2, 0, 1, 2}, Shape.of(1, 1, 1), 3);

  /** Inputs 0 to 3 of two ports, targets ten times the first input. */
  private static final ExampleSet EXAMPLES =
      ExampleSet.builder()
          .input("a", new float[] {0, 1, 2, 3}, 1)
          .input("b", new float[] {0, 0, 1, 1, 2, 2, 3, 3}, 2)
          .target("y", new float[] {0, 10, 20, 30}, 1)
          .build();

  private static float[] inputs(Source source) {
    return source.read(IntStream.range(0, source.size()).toArray()).inputs().get(0);
  }

  @Test
  void choosesExamples() {
    assertArrayEquals(new int[] {0, 1, 0, 1}, IMAGES.filter(i -> IMAGES.label(i) < 2).labels());
    assertArrayEquals(new int[] {0, 1}, IMAGES.take(2).labels());
    assertArrayEquals(new int[] {1, 2}, IMAGES.skip(4).labels());
    assertEquals(6, IMAGES.skip(0).size());
    assertArrayEquals(new float[] {2, 3}, inputs(EXAMPLES.skip(2)));
    assertArrayEquals(new float[] {0, 2}, inputs(EXAMPLES.filter(i -> i % 2 == 0)));
    float[] sampled = inputs(EXAMPLES.sample(4, 7));
    assertArrayEquals(sampled, inputs(EXAMPLES.sample(4, 7)));
    Arrays.sort(sampled);
    assertArrayEquals(new float[] {0, 1, 2, 3}, sampled);
    assertEquals(3, EXAMPLES.sample(3, 7).size());
  }

  @Test
  void joinsSourcesOfAnyStorage() {
    Source joined = EXAMPLES.take(2).concat(EXAMPLES.select(new int[] {3, 2}));
    assertEquals(4, joined.size());
    ExampleBatch batch = joined.read(2, 0, 3, 1, 2);
    assertArrayEquals(new float[] {3, 0, 2, 1, 3}, batch.inputs().get(0));
    assertArrayEquals(new float[] {3, 3, 0, 0, 2, 2, 1, 1, 3, 3}, batch.inputs().get(1));
    assertArrayEquals(new float[] {30, 0, 20, 10, 30}, batch.target());
    assertArrayEquals(new float[] {20, 10}, joined.readTargets(3, 1).get(0));
    assertEquals(List.of("a", "b"), joined.inputNames());
    DataSet floats = DataSet.of(new float[] {0.5f}, new int[] {1}, Shape.of(1, 1, 1), 3);
    Source mixed = IMAGES.concat(floats);
    assertArrayEquals(new float[] {1 * (float) (1 / 255.0), 0.5f}, mixed.read(1, 6).input());
    assertArrayEquals(new long[] {2, 3, 2}, ClassCounts.of(mixed).counts());
  }

  @Test
  void joinsWeightsAndGroups() {
    Source joined = EXAMPLES.take(2).withWeights(3, 4).concat(EXAMPLES.take(1));
    assertTrue(joined.isWeighted());
    assertArrayEquals(new float[] {1, 4, 3}, joined.weights(2, 1, 0));
    Source grouped = EXAMPLES.take(2).grouped(Groups.of("p", "p")).concat(EXAMPLES.take(1));
    assertEquals(2, grouped.groups().orElseThrow().count());
    assertFalse(grouped.isWeighted());
  }

  @Test
  void weightsGoWithTheirExamples() {
    Source weighted = IMAGES.withWeights(1, 2, 3, 4, 5, 0);
    assertArrayEquals(new float[] {0, 1, 4}, weighted.weights(5, 0, 3));
    assertArrayEquals(new float[] {4, 1}, weighted.select(new int[] {3, 0}).weights(0, 1));
    assertArrayEquals(new float[] {2}, weighted.skip(1).withInputsAsTargets().weights(0));
    // Examples of weight 0 can be selected, for example held out.
    assertArrayEquals(new float[] {0}, weighted.select(new int[] {5}).weights(0));
    assertArrayEquals(new float[] {1, 1}, IMAGES.weights(0, 1));
    // A data set is still drawn class by class.
    assertArrayEquals(
        new long[] {1, 1, 1},
        ClassCounts.of(weighted.select(weighted.draw(EpochOrder.of(6, 1).next(), 3))).counts());
  }

  @Test
  void mistakesAreNamed() {
    assertTrue(message(() -> IMAGES.take(7)).contains("count must be from 1 to 6: 7"));
    assertTrue(message(() -> IMAGES.skip(6)).contains("count"));
    assertTrue(message(() -> EXAMPLES.sample(0, 1)).contains("count"));
    assertTrue(message(() -> IMAGES.filter(i -> false)).contains("filter"));
    assertTrue(message(() -> IMAGES.concat(EXAMPLES)).contains("shapes"));
    assertTrue(message(() -> IMAGES.withWeights(1, 2)).contains("weights must be 6"));
    assertTrue(message(() -> IMAGES.withWeights(1, 2, 3, -4, 5, 6)).contains("-4.0"));
    assertTrue(message(() -> IMAGES.withWeights(0, 0, 0, 0, 0, 0)).contains("weights"));
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
