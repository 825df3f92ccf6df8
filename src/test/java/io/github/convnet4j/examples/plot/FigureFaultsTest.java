package io.github.convnet4j.examples.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureFaultsTest {
  private final Figure figure = Figure.of("figure");

  @Test
  void refusesAPositionOutsideTheGrid() {
    refused("index must be from 1 to rows * columns = 6: 0", () -> figure.subplot(2, 3, 0));
    refused("index must be from 1 to rows * columns = 6: 7", () -> figure.subplot(2, 3, 7));
    refused("rows must be at least 1: 0", () -> figure.subplot(0, 3, 1));
    refused("columns must be at least 1: -1", () -> figure.subplot(1, -1, 1));
  }

  @Test
  void refusesAWrongNumberOfValues() {
    refused(
        "values must hold rows * columns = 2 * 2 numbers: 3",
        () -> figure.imshow(new float[3], 2, 2, Colormap.GRAY));
    refused(
        "values must hold rows * columns = 65536 * 65536 numbers: 0",
        () -> figure.imshow(new float[0], 65536, 65536, Colormap.GRAY));
  }

  @Test
  void refusesAnEmptyPicture() {
    refused("rows must be at least 1: 0", () -> figure.imshow(new float[0], 0, 2, Colormap.GRAY));
    refused(
        "columns must be at least 1: 0", () -> figure.imshow(new float[0], 2, 0, Colormap.GRAY));
    refused(
        "values must have at least one row and one column",
        () -> figure.imshow(new float[0][], Colormap.GRAY));
  }

  @Test
  void refusesRowsOfDifferentLengths() {
    refused(
        "values must have rows of the same length, but row 0 has 2 numbers and row 1 has 3",
        () -> figure.imshow(new float[][] {{1, 2}, {1, 2, 3}}, Colormap.GRAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a\\b", "..", ".hidden", "a b", "a\n"})
  void refusesANameThatIsNotAPlainFileName(String name) {
    refused(
        "name must be a file name of letters, digits, '_', '-' and '.': \"" + name + "\"",
        () -> Figure.of(name));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
