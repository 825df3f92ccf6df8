package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.DataLocator;
import io.github.convnet4j.files.IdxFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * The examples on MNIST itself, if the environment variable {@code CONVNET4J_DATA} names its
 * folder.
 */
@EnabledIfEnvironmentVariable(
    named = DataLocator.DATA_VARIABLE,
    matches = ".+",
    disabledReason = "needs MNIST in the folder that CONVNET4J_DATA names")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MnistTest {
  /**
   * The tolerance for the costs of the first steps that Python TensorFlow 2.16.2 printed.
   * Processors differ in the order in which they add, so the costs agree to about six digits.
   * {@code src/test/python/compare.py} checks that Python on the same machine prints the same nine
   * digits.
   */
  private static final double RELATIVE_TOLERANCE = 1e-5;

  /** How many steps are compared with Python's. */
  private static final int STEPS = 4;

  private DataSets mnist;

  @BeforeAll
  void read() {
    mnist = IdxFolder.read(Path.of(System.getenv(DataLocator.DATA_VARIABLE)));
  }

  @Test
  void ex11_6ShowsLabelSeven() {
    Recorder recorder = new Recorder();
    assertEquals(7, Ex11_6.run(recorder.console(), mnist));
    assertEquals(
        """
        mnist.train.labels[0] :  [0. 0. 0. 0. 0. 0. 0. 1. 0. 0.]
        mnist.train.labels[0] :  7
        """,
        recorder.out());
  }

  @Test
  void ex11_7GivesFiveImagesOfHalfTheSize() {
    Recorder recorder = new Recorder();
    FloatNdArray images = Ex11_7.run(recorder.console(), mnist);
    assertEquals(Shape.of(5, 14, 14, 1), images.shape());
    assertTrue(
        recorder.out().startsWith("mnist.train.labels[5] :  [0. 0. 0. 0. 0. 0. 0. 0. 1. 0.]\n"));
    // Both arrays have only 980 elements and are printed in full.
    assertTrue(!recorder.out().contains("..."));
    assertTrue(recorder.out().endsWith("i:  0\ni:  1\ni:  2\ni:  3\ni:  4\n"));
  }

  @Test
  void ex11_8StartsWithPythonsCosts() {
    double[] expected = {2.896992445, 2.834766865, 2.913677931, 3.122481346};
    assertFirstSteps(expected, Ex11_8.run(console(), firstSteps(), Ex11_8.LECTURE.withEpochs(1)));
  }

  @Test
  void ex11_9StartsWithPythonsCosts() {
    double[] expected = {3.091018677, 2.775946379, 2.679478168, 2.513711691};
    assertFirstSteps(expected, Ex11_9.run(console(), firstSteps(), Ex11_9.LECTURE.withEpochs(1)));
  }

  @Test
  @Tag("long")
  void ex11_8ReachesTheLecturesAccuracy() {
    TrainingResult result = Ex11_8.run(console(), mnist, Ex11_8.LECTURE);
    assertTrue(result.accuracy() > 0.984, result.toString());
  }

  @Test
  @Tag("long")
  void ex11_9ReachesTheLecturesAccuracy() {
    TrainingResult result = Ex11_9.run(console(), mnist, Ex11_9.LECTURE);
    assertTrue(result.accuracy() > 0.99, result.toString());
  }

  @Test
  @Tag("long")
  void ex11_10ReachesTheRecipesAccuracy() {
    Scores evaluation =
        Ex11_10.train(
            console(), mnist, Ex11_10.ImageKind.DIGITS, Ex11_10.RECIPE, options -> options);
    assertTrue(evaluation.accuracy() > 0.995, evaluation.toString());
  }

  /**
   * Returns MNIST with only those training images that the first steps of the lecture use. They are
   * arranged so that shuffling gives them in the order in which shuffling all 55,000 does.
   */
  private DataSets firstSteps() {
    int seed = Ex11_9.LECTURE.seed();
    int count = STEPS * Ex11_9.LECTURE.batchSize();
    DataSet train = mnist.train();
    Batch used = train.batches(seed).nextBatch(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    float[] order =
        DataSet.of(numbers, new int[count], Shape.of(1, 1, 1), 2)
            .batches(seed)
            .nextBatch(count)
            .images();
    int size = train.pixelsPerImage();
    float[] pixels = new float[count * size];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      int at = (int) order[i];
      System.arraycopy(used.images(), i * size, pixels, at * size, size);
      while (used.labels()[i * train.classes() + labels[at]] == 0) {
        labels[at]++;
      }
    }
    return new DataSets(
        DataSet.of(pixels, labels, Shape.of(train.height(), train.width(), 1), train.classes()),
        mnist.validation(),
        mnist.test().subset(0, count),
        mnist.source());
  }

  private static void assertFirstSteps(double[] expected, TrainingResult result) {
    assertEquals(STEPS, expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], result.stepCosts().get(i), RELATIVE_TOLERANCE * expected[i]);
    }
  }

  private static Console console() {
    return new Recorder().console();
  }
}
