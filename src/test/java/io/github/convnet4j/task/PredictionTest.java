package io.github.convnet4j.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.task.Prediction.ClassProbability;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static final List<String> NAMES = List.of("abdomen", "chest", "head");

  private static Prediction of(float... probabilities) {
    return new Prediction(NAMES, probabilities);
  }

  @Test
  void isTheMostLikelyClass() {
    Prediction prediction = of(0.1f, 0.7f, 0.2f);
    assertEquals(1, prediction.classIndex());
    assertEquals("chest", prediction.className());
    assertEquals(0.7f, prediction.probability());
    assertEquals("chest 0.7", prediction.toString());
    prediction.probabilities()[1] = 0;
    assertArrayEquals(new float[] {0.1f, 0.7f, 0.2f}, prediction.probabilities());
  }

  @Test
  void topIsSortedByProbabilityAndThenByClassNumber() {
    assertEquals(
        List.of(new ClassProbability(1, "chest", 0.7f), new ClassProbability(2, "head", 0.2f)),
        of(0.1f, 0.7f, 0.2f).top(2));
    assertEquals(
        List.of(1, 0, 2),
        of(0.25f, 0.5f, 0.25f).top(3).stream().map(ClassProbability::classIndex).toList());
    assertEquals(0, of(0.5f, 0.5f, 0).classIndex());
    String message =
        assertThrows(IllegalArgumentException.class, () -> of(1, 0, 0).top(4)).getMessage();
    assertTrue(message.startsWith("k must") && message.endsWith("3: 4"), message);
  }

  @Test
  void nanIsNeverTheLargest() {
    assertEquals(2, of(Float.NaN, 0.1f, 0.2f).classIndex());
    assertEquals(1, of(Float.NaN, Float.NEGATIVE_INFINITY, Float.NaN).classIndex());
    assertEquals(0, of(Float.NaN, Float.NaN, Float.NaN).classIndex());
    assertTrue(Float.isNaN(of(Float.NaN, Float.NaN, Float.NaN).probability()));
  }
}
