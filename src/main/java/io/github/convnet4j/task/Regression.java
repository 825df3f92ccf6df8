package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * Predicting one or more numbers for each example. The network ends in {@code [targets]}.
 *
 * <p>Augmentation changes images, but it cannot know which numbers are places in them. Say so, and
 * they move with the images; all other numbers stay as they are:
 *
 * <pre>{@code
 * regression("x1", "y1", "x2", "y2").boxes(Unit.PIXELS)
 * regression("age", "nose_x", "nose_y").points(Unit.FRACTIONS, "nose_x", "nose_y")
 * }</pre>
 *
 * @param targetNames one distinct name for each number, for reports; empty for "0", "1", …
 * @param loss mean squared error by default; with sigmoid cross-entropy the network ends in logits
 *     and targets are from 0 to 1, with the Poisson loss it ends in logarithms and targets are at
 *     least 0
 * @param coordinates the targets that are points or boxes in the image
 */
public record Regression(List<String> targetNames, Loss loss, List<Coordinates> coordinates)
    implements Task<float[]> {
  /** Checks the names, the loss, and that no target has two meanings. */
  public Regression {
    targetNames = Classes.checked(targetNames);
    coordinates = List.copyOf(coordinates);
    checkDisjoint(coordinates);
    if (!targetNames.isEmpty()) {
      int targets = targetNames.size();
      coordinates.forEach(each -> each.check(targets));
    }
    requireNonNull(loss, "loss");
    Classes.checkNumbers(
        loss,
        "to predict one of several classes, use classification",
        "to predict any number of labels, use multiLabel");
  }

  /** Returns a copy with another loss. */
  public Regression loss(Loss newLoss) {
    return new Regression(targetNames, newLoss, coordinates);
  }

  /**
   * Returns a copy in which some targets are points in the image, which augmentation moves.
   *
   * @param unit pixels or fractions of the image's sides
   * @param targets the names of two targets for each point, {@code x} and {@code y}; none for all
   *     targets in their order
   */
  public Regression points(Coordinates.Unit unit, String... targets) {
    return with(Coordinates.Form.POINT, unit, targets);
  }

  /**
   * Returns a copy in which some targets are boxes in the image, which augmentation moves.
   *
   * @param unit pixels or fractions of the image's sides
   * @param targets the names of four targets for each box: {@code left, top, right, bottom}; none
   *     for all targets in their order
   */
  public Regression boxes(Coordinates.Unit unit, String... targets) {
    return boxes(Coordinates.Form.CORNERS, unit, targets);
  }

  /**
   * Returns a copy in which some targets are boxes in the image, which augmentation moves.
   *
   * @param form what the four numbers of a box mean
   * @param unit pixels or fractions of the image's sides
   * @param targets the names of four targets for each box; none for all targets in their order
   */
  public Regression boxes(Coordinates.Form form, Coordinates.Unit unit, String... targets) {
    if (form == Coordinates.Form.POINT) {
      throw new IllegalArgumentException(
          "form must be one of boxes (for points, use points): " + form);
    }
    return with(form, unit, targets);
  }

  private Regression with(Coordinates.Form form, Coordinates.Unit unit, String... targets) {
    List<Integer> columns = Arrays.stream(targets).map(this::column).toList();
    List<Coordinates> all = new ArrayList<>(coordinates);
    all.add(new Coordinates(form, unit, columns));
    return new Regression(targetNames, loss, all);
  }

  /** Without names, targets are called "0", "1", …. */
  private int column(String target) {
    int column = targetNames.indexOf(target);
    if (column < 0 && targetNames.isEmpty() && target.matches("\\d{1,9}")) {
      return Integer.parseInt(target);
    }
    if (column < 0) {
      throw new IllegalArgumentException(
          "targets must be %s: %s"
              .formatted(
                  targetNames.isEmpty()
                      ? "numbers from 0, since they have no names"
                      : "of " + targetNames,
                  target));
    }
    return column;
  }

  private static void checkDisjoint(List<Coordinates> coordinates) {
    List<Integer> columns = coordinates.stream().flatMap(each -> each.columns().stream()).toList();
    boolean all = coordinates.stream().anyMatch(each -> each.columns().isEmpty());
    if (new HashSet<>(columns).size() < columns.size() || (all && coordinates.size() > 1)) {
      throw new IllegalArgumentException("coordinates must not use a target twice: " + coordinates);
    }
  }

  @Override
  public Class<float[]> predictionType() {
    return float[].class;
  }

  @Override
  public Shape targetShape(Shape output) {
    Classes.check(output, 1, "[targets]", "end it with dense(targets)");
    if (!targetNames.isEmpty() && targetNames.size() != output.get(0)) {
      throw new IllegalArgumentException(
          "targetNames must have one name for each of the network's %d outputs: it has %d"
              .formatted(output.get(0), targetNames.size()));
    }
    coordinates.forEach(each -> each.check(output.get(0)));
    return output;
  }

  /** Checks the values for the loss, and that no box is turned inside out. */
  @Override
  public void checkTarget(float[] targets, int from, Shape output) {
    Classes.checkTargets(loss, targets, from, output.size());
    coordinates.forEach(each -> each.checkValues(targets, from, Math.toIntExact(output.get(0))));
  }

  /** Moves points and boxes. Other numbers are assumed not to depend on where things are. */
  @Override
  public Optional<TargetMovement> targetMovement(Shape output) {
    return Optional.of(
        coordinates.isEmpty()
            ? TargetMovement.NONE
            : TargetMovement.coordinates(coordinates.toArray(Coordinates[]::new)));
  }

  /** Returns a name for each number. */
  public List<String> targetNames(Shape output) {
    return Classes.names(targetNames, output.get(0));
  }

  /** Returns the numbers, {@code [targets]}. */
  @Override
  public float[] prediction(float[] values, Shape output) {
    return values;
  }

  @Override
  public List<Metric> metrics(Shape output) {
    return List.of(Metrics.meanAbsoluteError());
  }
}
