package io.github.convnet4j.task;

import static io.github.convnet4j.task.Coordinates.Form.CENTER_AND_SIZE;
import static io.github.convnet4j.task.Coordinates.Form.CORNERS;
import static io.github.convnet4j.task.Coordinates.Form.CORNER_AND_SIZE;
import static io.github.convnet4j.task.Coordinates.Form.POINT;
import static io.github.convnet4j.task.Coordinates.Unit.FRACTIONS;
import static io.github.convnet4j.task.Coordinates.Unit.PIXELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.task.Coordinates.Form;
import io.github.convnet4j.task.Coordinates.Point;
import io.github.convnet4j.task.Coordinates.Unit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Points and boxes that move with an image of 6 rows and 8 columns. */
class CoordinatesTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 8;

  private static Point flip(Point at) {
    return new Point(-at.x(), at.y());
  }

  private static Point quarterTurn(Point at) {
    return new Point(at.y(), -at.x());
  }

  private static UnaryOperator<Point> shift(double right, double down) {
    return at -> new Point(at.x() + right, at.y() + down);
  }

  private static float[] moved(
      Form form, Unit unit, UnaryOperator<Point> movement, float... numbers) {
    float[] result = numbers.clone();
    new Coordinates(form, unit, List.of()).move(result, 0, result.length, HEIGHT, WIDTH, movement);
    return result;
  }

  /** The third pixel of a row becomes the third from the end: 8 - 1 - 2. */
  @Test
  void pointsAreNamedByTheirPixel() {
    assertArrayEquals(new float[] {5, 1}, moved(POINT, PIXELS, CoordinatesTest::flip, 2, 1));
    assertArrayEquals(
        new float[] {7, 0, 0, 5}, moved(POINT, PIXELS, CoordinatesTest::flip, 0, 0, 7, 5));
    assertArrayEquals(new float[] {3.5f, -1}, moved(POINT, PIXELS, shift(1.5, -2), 2, 1));
  }

  @Test
  void fractionsAreThoseOfTheSides() {
    assertArrayEquals(
        new float[] {0.75f, 0.1f},
        moved(POINT, FRACTIONS, CoordinatesTest::flip, 0.25f, 0.1f),
        1e-6f);
    // A pixel is 1/8 of the width and 1/6 of the height.
    assertArrayEquals(
        new float[] {0.375f, 0.5f}, moved(POINT, FRACTIONS, shift(1, 1), 0.25f, 2 / 6f), 1e-6f);
    assertArrayEquals(
        new float[] {0.25f, 0.5f, 1, 0.75f},
        moved(CORNERS, FRACTIONS, CoordinatesTest::flip, 0, 0.5f, 0.75f, 0.75f),
        1e-6f);
  }

  @Test
  void boxesAreNamedByTheirEdges() {
    assertArrayEquals(
        new float[] {0, 0, 8, 6}, moved(CORNERS, PIXELS, CoordinatesTest::flip, 0, 0, 8, 6));
    assertArrayEquals(
        new float[] {3, 2, 7, 4}, moved(CORNERS, PIXELS, CoordinatesTest::flip, 1, 2, 5, 4));
  }

  @Test
  void boxesHaveThreeForms() {
    assertArrayEquals(
        new float[] {3, 2, 4, 2},
        moved(CORNER_AND_SIZE, PIXELS, CoordinatesTest::flip, 1, 2, 4, 2));
    assertArrayEquals(
        new float[] {5, 3, 4, 2},
        moved(CENTER_AND_SIZE, PIXELS, CoordinatesTest::flip, 3, 3, 4, 2));
  }

  @Test
  void whatLiesOutsideIsCutOff() {
    assertArrayEquals(new float[] {4, 2, 8, 4}, moved(CORNERS, PIXELS, shift(3, 0), 1, 2, 6, 4));
    assertArrayEquals(
        new float[] {4, 2, 4, 2}, moved(CORNER_AND_SIZE, PIXELS, shift(3, 0), 1, 2, 5, 2));
    // Nothing is left of this one.
    assertArrayEquals(new float[] {8, 2, 8, 4}, moved(CORNERS, PIXELS, shift(20, 0), 1, 2, 5, 4));
  }

  /** Rotated by 45 degrees, a square of side 2 around the center is 2 times sqrt(2) wide. */
  @Test
  void aRotatedBoxIsTheUprightBoxAroundIt() {
    double half = Math.sqrt(0.5);
    UnaryOperator<Point> rotation =
        at -> new Point(half * (at.x() - at.y()), half * (at.x() + at.y()));
    float root = (float) Math.sqrt(2);
    assertArrayEquals(
        new float[] {4 - root, 3 - root, 4 + root, 3 + root},
        moved(CORNERS, PIXELS, rotation, 3, 2, 5, 4),
        1e-6f);
  }

  @Test
  void aQuarterTurnSwapsTheSides() {
    // The box from 1 to 3 right of the center and 0 to 2 below it.
    assertArrayEquals(
        new float[] {4, 0, 6, 2}, moved(CORNERS, PIXELS, CoordinatesTest::quarterTurn, 5, 3, 7, 5));
  }

  @Test
  void otherTargetsStay() {
    Regression task =
        Tasks.regression("age", "x", "y", "x1", "y1", "x2", "y2", "weight")
            .points(PIXELS, "x", "y")
            .boxes(PIXELS, "x1", "y1", "x2", "y2");
    float[] targets = {99, 9, 2, 1, 1, 2, 5, 4, 70};
    TargetMovement movement = task.targetMovement(Shape.of(8)).orElseThrow();
    assertEquals(TargetMovement.Kind.COORDINATES, movement.kind());
    movement
        .coordinates()
        .forEach(each -> each.move(targets, 1, 8, HEIGHT, WIDTH, CoordinatesTest::flip));
    assertArrayEquals(new float[] {99, 9, 5, 1, 3, 2, 7, 4, 70}, targets);
  }

  @Test
  void aPlainRegressionDoesNotMove() {
    assertEquals(
        TargetMovement.NONE, Tasks.regression("x", "y").targetMovement(Shape.of(2)).orElseThrow());
  }

  @Test
  void targetsWithoutNamesAreNumbers() {
    Regression task = Tasks.regression().points(FRACTIONS, "2", "0");
    assertEquals(List.of(2, 0), task.coordinates().get(0).columns());
    task.targetShape(Shape.of(3));
    assertMessage(() -> task.targetShape(Shape.of(2)), "columns ", "[2, 0]");
    Regression all = Tasks.regression().boxes(FRACTIONS);
    all.targetShape(Shape.of(8));
    assertMessage(() -> all.targetShape(Shape.of(6)), "4 targets each", ": there are 6");
  }

  @Test
  void refusesTargetsThatAreNoPointsOrBoxes() {
    Regression three = Tasks.regression("x", "y", "z");
    assertMessage(() -> three.points(PIXELS, "x", "w"), "targets ", "[x, y, z]", ": w");
    assertMessage(() -> three.points(PIXELS), "2 targets each", ": there are 3");
    assertMessage(() -> three.points(PIXELS, "x", "x"), "columns ", "[0, 0]");
    assertMessage(
        () -> three.points(PIXELS, "x", "y").points(PIXELS, "y", "z"), "coordinates ", "twice");
    assertMessage(() -> three.boxes(POINT, PIXELS, "x", "y"), "form ", "POINT");
    assertMessage(() -> Tasks.regression().points(PIXELS, "x", "y"), "targets ", ": x");
  }

  @Test
  void refusesBoxesThatEndBeforeTheyStart() {
    Regression corners = Tasks.regression("x1", "y1", "x2", "y2").boxes(PIXELS);
    corners.checkTarget(new float[] {0, 5, 4, 6, 4}, 1, Shape.of(4));
    assertMessage(
        () -> corners.checkTarget(new float[] {0, 5, 4, 6, 3}, 1, Shape.of(4)),
        "CORNERS",
        "target 1 is 4.0",
        "target 3 is 3.0");
    Regression sizes = Tasks.regression("x", "y", "w", "h").boxes(CENTER_AND_SIZE, PIXELS);
    sizes.checkTarget(new float[] {5, 4, 0, 3}, 0, Shape.of(4));
    assertMessage(
        () -> sizes.checkTarget(new float[] {5, 4, -1, 3}, 0, Shape.of(4)), "target 2 is -1.0");
  }

  private static void assertMessage(Runnable mistake, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
