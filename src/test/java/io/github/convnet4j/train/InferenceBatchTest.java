package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.sequence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** The default batch size for inference; the bound of 32 MiB is 8,388,608 floats. */
class InferenceBatchTest {
  private static int of(int side, Layer... layers) {
    return InferenceBatch.of(Network.of(Shape.of(side, side, 1), layers));
  }

  private static int ofFilters(int side, int filters) {
    return of(side, conv2d(filters, 3), relu(), maxPool(2), flatten(), dense(10));
  }

  /** ReLU's input and output are the largest: 2 x 28 x 28 x 32 = 50,176 floats. */
  @Test
  void theLargestLayersInputAndOutputDetermineTheBatchSize() {
    assertEquals(8_388_608 / 50_176, ofFilters(28, 32));
    assertEquals(167, ofFilters(28, 32));
  }

  @Test
  void decreasesWithImageSizeAndNumberOfFilters() {
    assertEquals(41, ofFilters(56, 32));
    assertEquals(10, ofFilters(112, 32));
    assertEquals(2, ofFilters(224, 32));
    assertEquals(83, ofFilters(28, 64));
    assertEquals(41, ofFilters(28, 128));
  }

  /** The memory in use at one time is bounded, unless a single example is larger. */
  @Test
  void activationsNeverExceedTheBound() {
    for (int side = 4; side < 512; side += 7) {
      long ofOne = 2L * side * side * 32 * Float.BYTES;
      int batch = ofFilters(side, 32);
      assertTrue(batch >= 1 && (batch == 1 || batch * ofOne <= 32 << 20), "side " + side);
    }
  }

  @Test
  void hugeExamplesAreProcessedOneByOneAndTinyOnesHaveALimit() {
    assertEquals(1, ofFilters(1_000, 64));
    assertEquals(512, of(2, flatten(), dense(2)));
  }

  @Test
  void looksInsideSequences() {
    assertEquals(
        ofFilters(28, 32),
        of(28, sequence(sequence(conv2d(32, 3), relu(), maxPool(2))), flatten(), dense(10)));
  }

  /** The shortcut keeps its input in memory: 28 x 28 floats for it, and the same for the sum. */
  @Test
  void looksInsideResidualsAndCountsTheShortcut() {
    assertEquals(
        8_388_608 / (50_176 + 2 * 784),
        of(28, residual(conv2d(32, 3), relu(), conv2d(1, 3)), flatten(), dense(10)));
  }

  /** A concat keeps its input during the branches, and its output has 9 channels. */
  @Test
  void looksInsideBranches() {
    assertEquals(
        8_388_608 / (50_176 + 784 + 9 * 784),
        of(
            28,
            concat(sequence(conv2d(32, 3), relu(), conv2d(8, 1)), sequence()),
            globalAveragePool(),
            dense(10)));
  }

  /** A layer's memory is free again when that of a later layer is allocated. */
  @Test
  void doesNotDependOnDepth() {
    Layer[] deep =
        IntStream.range(0, 60)
            .mapToObj(i -> i < 58 ? conv2d(16, 3) : i == 58 ? globalAveragePool() : dense(10))
            .toArray(Layer[]::new);
    assertEquals(8_388_608 / (2 * 28 * 28 * 16), of(28, deep));
  }
}
