package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          List.of("cat", "dog"), new int[] {0, 0, 1, 1, 1, 1}, new int[] {0, 1, 1, 1, 1, 0});

  private static final Scores NUMBERS =
      Scores.of(0.00123, 6, values("mean_absolute_error", 0.027, "r2", 0.97512));

  private static final Scores CLASSES =
      Scores.of(0.08123, 6, values("accuracy", 4 / 6.0, "f1", 0.625)).withConfusionMatrix(MATRIX);

  private static Map<String, Double> values(String a, double valueOfA, String b, double valueOfB) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(a, valueOfA);
    values.put(b, valueOfB);
    return values;
  }

  @Test
  void oneLineHasTheLossAndAllValues() {
    assertEquals("loss 0.0012, mean_absolute_error 0.0270, r2 0.9751", NUMBERS.toString());
    assertEquals("loss 0.0812, accuracy 0.6667 (4 of 6), f1 0.6250", CLASSES.toString());
    Scores onlyMatrix = Scores.of(0.08123, 6, Map.of()).withConfusionMatrix(MATRIX);
    assertEquals("loss 0.0812, accuracy 0.6667 (4 of 6)", onlyMatrix.toString());
    assertEquals(
        onlyMatrix.toString(),
        Scores.of(0.08123, 6, Map.of("accuracy", 4 / 6.0)).withConfusionMatrix(MATRIX).toString());
    assertEquals("loss 0.5000", Scores.of(0.5, 6, Map.of()).toString());
    assertEquals(
        "loss NaN, accuracy NaN",
        Scores.of(Double.NaN, 0, Map.of("accuracy", Double.NaN)).toString());
  }

  @Test
  void valuesAreFoundByName() {
    assertEquals(List.of("mean_absolute_error", "r2"), NUMBERS.names());
    assertEquals(0.97512, NUMBERS.value("r2"));
    assertEquals(0.00123, NUMBERS.value("loss"));
    assertEquals(0.625, CLASSES.value("f1"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> NUMBERS.value("f1")).getMessage();
    assertTrue(message.contains("\"f1\""), message);
    assertTrue(message.contains("loss, mean_absolute_error, r2"), message);
  }

  @Test
  void countsComeFromTheConfusionMatrix() {
    assertEquals(4, CLASSES.correct());
    assertEquals(6, CLASSES.total());
    assertEquals(Optional.of(MATRIX), CLASSES.confusionMatrix());
    assertEquals(Optional.empty(), NUMBERS.confusionMatrix());
  }

  @Test
  void accuracyComesFromTheMetricOrTheMatrix() {
    assertEquals(4 / 6.0, CLASSES.accuracy());
    assertEquals(0.5, Scores.of(1, 6, Map.of("accuracy", 0.5)).accuracy());
    assertEquals(4 / 6.0, Scores.of(1, 6, Map.of()).withConfusionMatrix(MATRIX).accuracy());
  }

  @Test
  void whatThereIsNotIsRefusedByName() {
    for (Runnable act : List.<Runnable>of(NUMBERS::accuracy, NUMBERS::correct, NUMBERS::total)) {
      String message = assertThrows(IllegalStateException.class, act::run).getMessage();
      assertTrue(message.contains("loss, mean_absolute_error, r2"), message);
    }
  }

  @Test
  void isAValue() {
    Map<String, Double> values = values("f1", 0.5, "accuracy", 0.25);
    Scores scores = Scores.of(1, 6, values);
    values.put("later", 1.0);
    assertEquals(List.of("f1", "accuracy"), scores.names());
    assertEquals(Scores.of(1, 6, values("f1", 0.5, "accuracy", 0.25)), scores);
    assertThrows(UnsupportedOperationException.class, () -> scores.values().put("f1", 1.0));
  }

  @Test
  void refusesBadArguments() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Scores.of(1, -1, Map.of())).getMessage();
    assertTrue(message.contains("examples") && message.contains("-1"), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> Scores.of(1, 1, Map.of("loss", 0.5)))
            .getMessage();
    assertTrue(message.contains("\"loss\"") && message.contains("0.5"), message);
  }
}
