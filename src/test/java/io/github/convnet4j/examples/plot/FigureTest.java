package io.github.convnet4j.examples.plot;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final int BLACK = 0xFF000000;
  private static final int WHITE = 0xFFFFFFFF;

  /** Where matplotlib puts a square picture: x from 143.2 to 512.8, y from 57.6. */
  private static final Rectangle BOX = new Rectangle(143, 58, 370, 369);

  @Test
  void everyPixelOfACellHasItsColor() {
    // 1 to 4, from black to white: 85 is a third of 255, 170 two thirds.
    BufferedImage image = figure(new float[] {1, 2, 3, 4}, 2, 2).toImage();
    int[] greys = {0, 85, 170, 255};
    for (int y = 0; y < BOX.height; y++) {
      for (int x = 0; x < BOX.width; x++) {
        // The height is odd: the row in the middle belongs to the lower cell.
        int cell = (y < BOX.height / 2 ? 0 : 2) + (x < BOX.width / 2 ? 0 : 1);
        assertEquals(
            BLACK | greys[cell] * 0x010101, image.getRGB(BOX.x + x, BOX.y + y), x + ", " + y);
      }
    }
  }

  @Test
  void drawsAThinBlackFrameAroundThePicture() {
    BufferedImage image = figure(new float[] {1, 1, 1, 0}, 2, 2).toImage();
    assertAll(
        () -> assertEquals(BLACK, image.getRGB(BOX.x - 1, BOX.y - 1)),
        () -> assertEquals(BLACK, image.getRGB(BOX.x + 100, BOX.y - 1)),
        () -> assertEquals(WHITE, image.getRGB(BOX.x + 100, BOX.y - 2)),
        () -> assertEquals(WHITE, image.getRGB(BOX.x, BOX.y)),
        () -> assertEquals(BLACK, image.getRGB(BOX.x + BOX.width, BOX.y + BOX.height)),
        () -> assertEquals(WHITE, image.getRGB(BOX.x + BOX.width + 1, BOX.y + 30)));
  }

  @Test
  void drawsATickBelowTheMiddleOfItsCell() {
    BufferedImage image = figure(new float[28 * 28], 28, 28).toImage();
    // The tick 10 is in the middle of the eleventh of 28 cells.
    int x = BOX.x - 1 + (int) Math.round(10.5 / 28 * (BOX.width + 1));
    int below = BOX.y + BOX.height + 1;
    assertAll(
        () -> assertEquals(BLACK, image.getRGB(x, below)),
        () -> assertEquals(BLACK, image.getRGB(x, below + 4)),
        () -> assertEquals(WHITE, image.getRGB(x, below + 5)),
        () -> assertEquals(WHITE, image.getRGB(x + 1, below)),
        () -> assertEquals(WHITE, image.getRGB(x - 1, below)));
  }

  @Test
  void nanAndTheInfinitiesAreWhiteAndDoNotAffectTheRange() {
    float[] values = {Float.NaN, 1, Float.POSITIVE_INFINITY, 2};
    BufferedImage image = figure(values, 2, 2).toImage();
    assertAll(
        () -> assertEquals(WHITE, cell(image, 0, 0)),
        () -> assertEquals(BLACK, cell(image, 0, 1)),
        () -> assertEquals(WHITE, cell(image, 1, 0)),
        () -> assertEquals(WHITE, cell(image, 1, 1)));
  }

  @Test
  void aConstantPictureHasTheLowestColor() {
    BufferedImage gray = figure(new float[] {7, 7, 7, 7}, 2, 2).toImage();
    Figure figure = Figure.of("greys");
    figure.imshow(new float[] {7, 7, 7, 7}, 2, 2, Colormap.GREYS);
    assertEquals(BLACK, cell(gray, 1, 1));
    assertEquals(WHITE, cell(figure.toImage(), 1, 1));
  }

  @Test
  void acceptsRowsAsSeparateArrays() {
    Figure figure = Figure.of("rows");
    figure.imshow(new float[][] {{1, 2, 3}, {4, 5, 6}}, Colormap.GRAY);
    BufferedImage expected = figure(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).toImage();
    assertArrayEquals(pixels(expected), pixels(figure.toImage()));
  }

  @Test
  void laterChangesToTheArrayHaveNoEffect() {
    float[] values = {1, 2, 3, 4};
    Figure figure = figure(values, 2, 2);
    int[] before = pixels(figure.toImage());
    values[0] = 4;
    assertArrayEquals(before, pixels(figure.toImage()));
  }

  @Test
  void aSubplotFillsItsPartOfTheFigure() {
    Figure figure = Figure.of("three");
    for (int i = 1; i <= 3; i++) {
      figure.subplot(1, 3, i).imshow(new float[] {0, 1, 1, 0}, 2, 2, Colormap.GRAY);
    }
    BufferedImage image = figure.toImage();
    // matplotlib's boxes are at 80 to 225.9, 255.1 to 400.9, 430.1 to 576; 169.5 to 315.3 from the
    // top.
    for (int left : new int[] {80, 255, 430}) {
      assertEquals(BLACK, image.getRGB(left + 1, 171));
      assertEquals(WHITE, image.getRGB(left + 145, 171));
      assertEquals(BLACK, image.getRGB(left + 144, 314));
      assertEquals(WHITE, image.getRGB(left + 153, 314));
    }
  }

  @Test
  void drawsTheTitleAboveThePicture() {
    assumeTrue(Lettering.isUsable(), "this JVM finds no font");
    Figure figure = figure(new float[] {1, 2, 3, 4}, 2, 2);
    int[] plain = pixels(figure.toImage());
    figure.subplot(1, 1, 1).title("digit 7");
    int[] titled = pixels(figure.toImage());
    int[] changed =
        IntStream.range(0, plain.length)
            .filter(i -> plain[i] != titled[i])
            .map(i -> i / Figure.WIDTH)
            .toArray();
    assertTrue(changed.length > 50, "the letters' pixels: " + changed.length);
    int[] rows = Arrays.stream(changed).distinct().sorted().toArray();
    assertTrue(rows[0] > BOX.y - 30 && rows[rows.length - 1] < BOX.y - 2, Arrays.toString(rows));
  }

  @Test
  void theLastLineOfATitleIsNextToThePicture() {
    assumeTrue(Lettering.isUsable(), "this JVM finds no font");
    int[] one = titleRows("digit 7");
    int[] two = titleRows("label 7\ndigit 7");
    assertEquals(one[one.length - 1], two[two.length - 1]);
    // 20 pixels from line to line: 1.2 times 12 points at 100 pixels per inch.
    assertEquals(20, one[0] - two[0], 1);
  }

  private static int[] titleRows(String title) {
    Figure figure = figure(new float[] {1, 2, 3, 4}, 2, 2);
    int[] plain = pixels(figure.toImage());
    figure.subplot(1, 1, 1).title(title);
    int[] titled = pixels(figure.toImage());
    return IntStream.range(0, plain.length)
        .filter(i -> plain[i] != titled[i])
        .map(i -> i / Figure.WIDTH)
        .distinct()
        .sorted()
        .toArray();
  }

  @Test
  void leavesOutNumbersThatDoNotFit() {
    assumeTrue(Lettering.isUsable(), "this JVM finds no font");
    Figure figure = Figure.of("five");
    for (int i = 1; i <= 5; i++) {
      figure.subplot(1, 5, i).imshow(new float[196], 14, 14, Colormap.GREYS);
    }
    BufferedImage image = figure.toImage();
    // All white except ticks and frames; the gap of 17 pixels has room for the 9 of a tick and its
    // distance.
    int inGap = 0;
    int beforeFirst = 0;
    for (int y = 190; y < 290; y++) {
      for (int x = 0; x < 74; x++) {
        beforeFirst += image.getRGB(x, y) == WHITE ? 0 : 1;
      }
      for (int x = 168; x < 176; x++) {
        inGap += image.getRGB(x, y) == WHITE ? 0 : 1;
      }
    }
    assertEquals(0, inGap);
    assertTrue(beforeFirst > 20, "the first plot's numbers: " + beforeFirst);
  }

  @Test
  void theSamePositionReturnsTheSameAxes() {
    Figure figure = Figure.of("grid");
    assertSame(figure.subplot(2, 3, 4), figure.subplot(2, 3, 4));
    assertNotSame(figure.subplot(2, 3, 4), figure.subplot(2, 3, 5));
  }

  private static Figure figure(float[] values, int rows, int columns) {
    Figure figure = Figure.of("figure");
    figure.imshow(values, rows, columns, Colormap.GRAY);
    return figure;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Returns the color in the middle of a cell of a 2x2 picture. */
  private static int cell(BufferedImage image, int row, int column) {
    return image.getRGB(
        BOX.x + BOX.width * (2 * column + 1) / 4, BOX.y + BOX.height * (2 * row + 1) / 4);
  }
}
