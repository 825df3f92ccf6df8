package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How targets follow the pixels of images that are moved at random.
 *
 * @param kind what is done
 * @param outside the number for pixels of a mask that come from outside the image
 * @param coordinates the targets that are points or boxes
 */
public record TargetMovement(Kind kind, float outside, List<Coordinates> coordinates) {
  /** The targets stay as they are. */
  public static final TargetMovement NONE = new TargetMovement(Kind.NONE, 0, List.of());

  /** The targets are images, and are moved like the inputs. */
  public static final TargetMovement IMAGE = new TargetMovement(Kind.IMAGE, 0, List.of());

  /** What is done. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** Each pixel of a mask takes the number of the nearest one. */
    MASK,
    /** An image is interpolated, as inputs are. */
    IMAGE,
    /** Points and boxes move; other targets {@code [n]} stay as they are. */
    COORDINATES
  }

  /** Checks that nothing is null. */
  public TargetMovement {
    requireNonNull(kind, "kind");
    coordinates = List.copyOf(coordinates);
  }

  /**
   * Returns that the targets are masks.
   *
   * @param outside the class number for pixels that come from outside the image
   */
  public static TargetMovement mask(float outside) {
    return new TargetMovement(Kind.MASK, outside, List.of());
  }

  /** Returns that some of the targets {@code [n]} are points or boxes. */
  public static TargetMovement coordinates(Coordinates... some) {
    return new TargetMovement(Kind.COORDINATES, 0, List.of(some));
  }
}
