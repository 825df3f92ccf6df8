package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

/**
 * How targets follow the pixels of images that are moved at random.
 *
 * @param kind what is done
 * @param outside the number for pixels of a mask that come from outside the image
 */
public record TargetMovement(Kind kind, float outside) {
  /** The targets stay as they are. */
  public static final TargetMovement NONE = new TargetMovement(Kind.NONE, 0);

  /** The targets are images, and are moved like the inputs. */
  public static final TargetMovement IMAGE = new TargetMovement(Kind.IMAGE, 0);

  /** What is done. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** Each pixel of a mask takes the number of the nearest one. */
    MASK,
    /** An image is interpolated, as inputs are. */
    IMAGE
  }

  /** Checks that nothing is null. */
  public TargetMovement {
    requireNonNull(kind, "kind");
  }

  /**
   * Returns that the targets are masks.
   *
   * @param outside the class number for pixels that come from outside the image
   */
  public static TargetMovement mask(float outside) {
    return new TargetMovement(Kind.MASK, outside);
  }
}
