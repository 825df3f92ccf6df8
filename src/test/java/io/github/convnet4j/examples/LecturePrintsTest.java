package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.examples.numpy.NumpyPrinter;
import io.github.convnet4j.files.BundledDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Compares standard output character for character with what the programs under {@code
 * src/test/python/lecture/} print.
 */
class LecturePrintsTest {
  private static final TrainingSettings ONE_EPOCH = new TrainingSettings(1, 500, 0.001, 0.7f, 777);

  @ParameterizedTest
  @CsvSource({
    "MaxPoolSlide, max_pool_slide.txt",
    "Ex11_1, ex11_1.txt",
    "Ex11_2, ex11_2.txt",
    "Ex11_3, ex11_3.txt",
    "Ex11_4, ex11_4.txt",
    "Ex11_5, ex11_5.txt"
  })
  void printsWhatPythonPrints(String example, String expected) {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.execute(example));
    assertEquals(Recorder.printedByPython(expected), recorder.out());
    assertEquals("", recorder.messages());
  }

  @Test
  void ex11_4PrintsThePartsOfTheWeightWithMore() {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.execute("Ex11_4", "--more"));
    assertEquals(Recorder.printedByPython("ex11_4_more.txt"), recorder.out());
  }

  @Test
  void ex11_7PrintsEachImageThreeTimesWithMore() {
    Recorder recorder = new Recorder();
    FloatNdArray images = Ex11_7.run(recorder.console().withMore(true), BundledDigits.read());
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      FloatNdArray image = images.get(i);
      expected.append("i:  ").append(i).append('\n');
      expected.append("● one_img shape \n (14, 14, 1)\n");
      expected.append("● one_img \n ").append(NumpyPrinter.str(image)).append('\n');
      expected
          .append("● one_img (14 x 14) reshape \n ")
          .append(NumpyPrinter.str(image.withShape(Shape.of(14, 14))))
          .append('\n');
    }
    assertTrue(recorder.out().endsWith(expected.toString()), recorder.out());
  }

  /** The lines of the slides. */
  @Test
  void ex11_8PrintsItsTensorsWithMore() {
    Recorder recorder = new Recorder();
    Ex11_8.run(recorder.console().withMore(true), BundledDigits.read(), ONE_EPOCH);
    assertStartsWith(
        """
        Tensor("Conv2D:0", shape=(?, 28, 28, 32), dtype=float32)
        Tensor("Relu:0", shape=(?, 28, 28, 32), dtype=float32)
        Tensor("MaxPool:0", shape=(?, 14, 14, 32), dtype=float32)
        Tensor("Conv2D_1:0", shape=(?, 14, 14, 64), dtype=float32)
        Tensor("Relu_1:0", shape=(?, 14, 14, 64), dtype=float32)
        Tensor("MaxPool_1:0", shape=(?, 7, 7, 64), dtype=float32)
        Tensor("Reshape_1:0", shape=(?, 3136), dtype=float32)
        Learning started.\
        """,
        recorder.out());
  }

  /** The lines of the slides. */
  @Test
  void ex11_9PrintsItsTensorsWithMore() {
    Recorder recorder = new Recorder();
    Ex11_9.run(recorder.console().withMore(true), BundledDigits.read(), ONE_EPOCH);
    assertStartsWith(
        """
        Tensor("Conv2D:0", shape=(?, 28, 28, 32), dtype=float32)
        Tensor("Relu:0", shape=(?, 28, 28, 32), dtype=float32)
        Tensor("MaxPool:0", shape=(?, 14, 14, 32), dtype=float32)
        Tensor("dropout/mul:0", shape=(?, 14, 14, 32), dtype=float32)
        Tensor("Conv2D_1:0", shape=(?, 14, 14, 64), dtype=float32)
        Tensor("Relu_1:0", shape=(?, 14, 14, 64), dtype=float32)
        Tensor("MaxPool_1:0", shape=(?, 7, 7, 64), dtype=float32)
        Tensor("dropout_1/mul:0", shape=(?, 7, 7, 64), dtype=float32)
        Tensor("Conv2D_2:0", shape=(?, 7, 7, 128), dtype=float32)
        Tensor("Relu_2:0", shape=(?, 7, 7, 128), dtype=float32)
        Tensor("MaxPool_2:0", shape=(?, 4, 4, 128), dtype=float32)
        Tensor("dropout_2/mul:0", shape=(?, 4, 4, 128), dtype=float32)
        Tensor("Reshape_1:0", shape=(?, 2048), dtype=float32)
        Tensor("Relu_3:0", shape=(?, 625), dtype=float32)
        Tensor("dropout_3/mul:0", shape=(?, 625), dtype=float32)
        Tensor("add_1:0", shape=(?, 10), dtype=float32)
        Learning started.\
        """,
        recorder.out());
  }

  private static void assertStartsWith(String expected, String printed) {
    assertEquals(expected, printed.substring(0, Math.min(expected.length(), printed.length())));
  }

  @Test
  void notesOnEx11_2ShowEveryNumbersArithmetic() {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.execute("Ex11_2Notes"));
    assertEquals(
        """
        The image, 3x3:
        +---+---+---+
        | 1 | 2 | 3 |
        +---+---+---+
        | 4 | 5 | 6 |
        +---+---+---+
        | 7 | 8 | 9 |
        +---+---+---+
        The filter, 2x2, ones; it moves one pixel at a time (stride 1x1);
        padding 'VALID': the filter never leaves the image.

        Output size = (N - F) / stride + 1, N the input's size, F the filter's:
        (3 - 2) / 1 + 1 = 2

        output[0,0]: (1 x 1) + (2 x 1) + (4 x 1) + (5 x 1) = 1 + 2 + 4 + 5 = 12
        output[0,1]: (2 x 1) + (3 x 1) + (5 x 1) + (6 x 1) = 2 + 3 + 5 + 6 = 16
        output[1,0]: (4 x 1) + (5 x 1) + (7 x 1) + (8 x 1) = 4 + 5 + 7 + 8 = 24
        output[1,1]: (5 x 1) + (6 x 1) + (8 x 1) + (9 x 1) = 5 + 6 + 8 + 9 = 28

        tf.nn.conv2d, padding 'VALID', gives
        [[12. 16.]
         [24. 28.]]
        """,
        recorder.out());
  }

  @Test
  void notesOnEx11_3DrawTheZeroPadding() {
    Recorder recorder = new Recorder();
    assertEquals(0, recorder.execute("Ex11_3Notes"));
    assertEquals(
        """
        The image, 3x3:
        +---+---+---+
        | 1 | 2 | 3 |
        +---+---+---+
        | 4 | 5 | 6 |
        +---+---+---+
        | 7 | 8 | 9 |
        +---+---+---+
        The filter, 2x2, ones; it moves one pixel at a time (stride 1x1);
        padding 'SAME': the output is as large as the image. A 2x2 filter needs one
        row and one column more, and TensorFlow puts them at the bottom and the right:
        +---+---+---+---+
        | 1 | 2 | 3 | 0 |
        +---+---+---+---+
        | 4 | 5 | 6 | 0 |
        +---+---+---+---+
        | 7 | 8 | 9 | 0 |
        +---+---+---+---+
        | 0 | 0 | 0 | 0 |
        +---+---+---+---+

        Output size = (N - F) / stride + 1, N the input's size, F the filter's:
        (4 - 2) / 1 + 1 = 3

        output[0,0]: (1 x 1) + (2 x 1) + (4 x 1) + (5 x 1) = 1 + 2 + 4 + 5 = 12
        output[0,1]: (2 x 1) + (3 x 1) + (5 x 1) + (6 x 1) = 2 + 3 + 5 + 6 = 16
        output[0,2]: (3 x 1) + (0 x 1) + (6 x 1) + (0 x 1) = 3 + 0 + 6 + 0 = 9
        output[1,0]: (4 x 1) + (5 x 1) + (7 x 1) + (8 x 1) = 4 + 5 + 7 + 8 = 24
        output[1,1]: (5 x 1) + (6 x 1) + (8 x 1) + (9 x 1) = 5 + 6 + 8 + 9 = 28
        output[1,2]: (6 x 1) + (0 x 1) + (9 x 1) + (0 x 1) = 6 + 0 + 9 + 0 = 15
        output[2,0]: (7 x 1) + (8 x 1) + (0 x 1) + (0 x 1) = 7 + 8 + 0 + 0 = 15
        output[2,1]: (8 x 1) + (9 x 1) + (0 x 1) + (0 x 1) = 8 + 9 + 0 + 0 = 17
        output[2,2]: (9 x 1) + (0 x 1) + (0 x 1) + (0 x 1) = 9 + 0 + 0 + 0 = 9

        tf.nn.conv2d, padding 'SAME', gives
        [[12. 16.  9.]
         [24. 28. 15.]
         [15. 17.  9.]]
        """,
        recorder.out());
  }
}
