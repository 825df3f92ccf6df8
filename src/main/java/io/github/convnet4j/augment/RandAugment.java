package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** See {@link Transforms#randAugment}. */
record RandAugment(int count, double magnitude) implements Choice {
  /** The largest magnitude. */
  private static final int LARGEST = 30;

  RandAugment {
    Require.atLeast("count", count, 1);
    Require.between("magnitude", magnitude, 0, LARGEST);
  }

  @Override
  public List<Transform> options() {
    List<Transform> options = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      options.addAll(operation.at(magnitude / LARGEST));
    }
    return options;
  }

  @Override
  public List<Transform> draw(RandomGenerator random) {
    List<Transform> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
      List<Transform> ways = operation.at(magnitude / LARGEST);
      drawn.add(ways.get(random.nextInt(ways.size())));
    }
    return drawn;
  }

  /** A change by a fixed amount, in one or two directions. */
  private enum Operation {
    IDENTITY,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y,
    ROTATE,
    BRIGHTNESS,
    COLOUR,
    CONTRAST,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE;

    private static final double LARGEST_SHEAR = 0.3;
    private static final double LARGEST_TRANSLATION = 150.0 / 331;
    private static final double LARGEST_ROTATION = Math.toRadians(30);
    private static final double LARGEST_CHANGE = 0.9;
    private static final int BITS = 8;
    private static final int MOST_BITS_LOST = 4;

    /**
     * Returns what the operation does, one way and the other.
     *
     * @param strength from 0 to 1
     */
    List<Transform> at(double strength) {
      return switch (this) {
        case IDENTITY -> List.of(moving(Affine.IDENTITY));
        case SHEAR_X -> {
          double shear = LARGEST_SHEAR * strength;
          yield List.of(
              moving(Affine.linear(1, shear, 0, 1)), moving(Affine.linear(1, -shear, 0, 1)));
        }
        case SHEAR_Y -> {
          double shear = LARGEST_SHEAR * strength;
          yield List.of(
              moving(Affine.linear(1, 0, shear, 1)), moving(Affine.linear(1, 0, -shear, 1)));
        }
        case TRANSLATE_X -> {
          double share = LARGEST_TRANSLATION * strength;
          yield List.of(translating(share, 0), translating(-share, 0));
        }
        case TRANSLATE_Y -> {
          double share = LARGEST_TRANSLATION * strength;
          yield List.of(translating(0, share), translating(0, -share));
        }
        case ROTATE -> {
          double cos = StrictMath.cos(LARGEST_ROTATION * strength);
          double sin = StrictMath.sin(LARGEST_ROTATION * strength);
          yield List.of(
              moving(Affine.linear(cos, -sin, sin, cos)),
              moving(Affine.linear(cos, sin, -sin, cos)));
        }
        case BRIGHTNESS -> bothWays(strength, RandAugment::brightness);
        case COLOUR -> bothWays(strength, RandAugment::saturation);
        case CONTRAST -> bothWays(strength, RandAugment::contrast);
        case SHARPNESS -> bothWays(strength, factor -> new Sharpness(factor, factor));
        case POSTERIZE -> List.of(new Posterize(BITS - (int) Math.rint(MOST_BITS_LOST * strength)));
        case SOLARIZE ->
            List.of(strength == 0 ? moving(Affine.IDENTITY) : new Solarize(1 - strength));
        case AUTO_CONTRAST -> List.of(new AutoContrast());
        case EQUALIZE -> List.of(new Equalize());
      };
    }

    private static List<Transform> bothWays(double strength, ByFactor change) {
      double amount = LARGEST_CHANGE * strength;
      return List.of(change.by(1 + amount), change.by(1 - amount));
    }
  }

  /** A change of pixels by a factor; 1 changes nothing. */
  private interface ByFactor {
    Pixelwise by(double factor);
  }

  private static Pixelwise brightness(double factor) {
    return (image, height, width, channels, random) -> Colours.brightness(image, factor);
  }

  private static Pixelwise saturation(double factor) {
    return (image, height, width, channels, random) -> Colours.saturation(image, channels, factor);
  }

  private static Pixelwise contrast(double factor) {
    return (image, height, width, channels, random) -> Colours.contrast(image, channels, factor);
  }

  private static Geometric moving(Affine places) {
    return (height, width, random) -> places;
  }

  private static Geometric translating(double right, double down) {
    return (height, width, random) -> new Affine(1, 0, 0, 1, -right * width, -down * height);
  }
}
