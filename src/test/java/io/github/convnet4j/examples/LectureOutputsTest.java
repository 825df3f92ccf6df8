package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;

/** The lecture's known outputs of convolution and pooling, as numbers. */
class LectureOutputsTest {
  private final Console console = new Recorder().console();

  @Test
  void maxPoolSlideTakesTheLargestOfEachBlock() {
    assertValues(new float[][] {{6, 8}, {3, 4}}, MaxPoolSlide.run(console));
  }

  @Test
  void ex11_1ReshapesTheImageToThreeByThree() {
    assertValues(new float[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, Ex11_1.run(console));
  }

  @Test
  void ex11_2ConvolvesWithoutPadding() {
    FloatNdArray conv2d = Ex11_2.run(console);
    assertEquals(Shape.of(1, 2, 2, 1), conv2d.shape());
    assertValues(
        new float[][] {{1 + 2 + 4 + 5, 2 + 3 + 5 + 6}, {4 + 5 + 7 + 8, 5 + 6 + 8 + 9}},
        conv2d.withShape(Shape.of(2, 2)));
  }

  @Test
  void ex11_3ConvolvesWithZerosAtTheBottomAndTheRight() {
    FloatNdArray conv2d = Ex11_3.run(console);
    assertEquals(Shape.of(1, 3, 3, 1), conv2d.shape());
    assertValues(
        new float[][] {
          {12, 16, 3 + 6}, {24, 28, 6 + 9}, {7 + 8, 8 + 9, 9},
        },
        conv2d.withShape(Shape.of(3, 3)));
  }

  @Test
  void ex11_4GivesTheResultOfEx11_3Times1And10AndMinus1() {
    float[][] once = {{12, 16, 9}, {24, 28, 15}, {15, 17, 9}};
    FloatNdArray images = Ex11_4.run(console);
    assertEquals(Shape.of(3, 3, 3, 1), images.shape());
    float[] factors = {1, 10, -1};
    for (int filter = 0; filter < factors.length; filter++) {
      float[][] expected = new float[3][3];
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          expected[row][column] = factors[filter] * once[row][column];
        }
      }
      assertValues(expected, images.get(filter).withShape(Shape.of(3, 3)));
    }
  }

  @Test
  void ex11_5TakesTheLargestOfTheImageAndOfEachPaddedWindow() {
    List<FloatNdArray> pooled = Ex11_5.run(console);
    assertValues(new float[][] {{4}}, pooled.get(0).withShape(Shape.of(1, 1)));
    assertValues(new float[][] {{4, 3}, {2, 1}}, pooled.get(1).withShape(Shape.of(2, 2)));
  }

  @Test
  void theNotesAgreeWithTensorFlow() {
    assertValues(new float[][] {{12, 16}, {24, 28}}, Ex11_2Notes.run(console));
    assertValues(new float[][] {{12, 16, 9}, {24, 28, 15}, {15, 17, 9}}, Ex11_3Notes.run(console));
  }

  private static void assertValues(float[][] expected, FloatNdArray actual) {
    assertEquals(StdArrays.ndCopyOf(expected), actual);
  }
}
