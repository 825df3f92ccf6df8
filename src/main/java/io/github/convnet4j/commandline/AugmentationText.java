package io.github.convnet4j.commandline;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Fill;
import io.github.convnet4j.augment.Transform;
import io.github.convnet4j.augment.Transforms;
import io.github.convnet4j.check.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an augmentation as typed: {@code shift=0.1,rotate=10,zoom=0.9:1.1,flip}. */
final class AugmentationText implements ITypeConverter<Augmentation> {
  static final String EXAMPLE = "shift=0.1,rotate=10,zoom=0.9:1.1,noise=0.02";

  /** For the help; a test compares it with {@link #TRANSFORMS}. */
  static final String TRANSFORMS_1 =
      "move: shift=SHARE, rotate=DEGREES, zoom=FROM:TO, shear=DEGREES, flip, flip-vertically,"
          + " rotate90, random-crop=PADDING, resized-crop=AREA_FROM:AREA_TO";

  static final String TRANSFORMS_2 =
      "color: brightness=X, contrast=FROM:TO, saturation=FROM:TO, hue=X,"
          + " colour-jitter=BRIGHTNESS:CONTRAST:SATURATION:HUE, grayscale=PROBABILITY,"
          + " sharpness=FROM:TO, posterize=BITS, solarize=X, auto-contrast, equalize,"
          + " cutout=PIXELS, noise=X";

  static final String TRANSFORMS_3 =
      "several: rand-augment=COUNT:MAGNITUDE, such as 2:9; mix two images, for classes and labels:"
          + " mixup=ALPHA, cutmix=ALPHA";

  static final String FILLS =
      "fill=background, edge, reflect or a number from 0 (black) to 1 (white): what is seen where a"
          + " moved image does not reach (default: background, the color of each image's border)";

  private static final String FILL = "fill";

  private static final Map<String, Function<Values, Transform>> TRANSFORMS = transforms();

  private static Map<String, Function<Values, Transform>> transforms() {
    Map<String, Function<Values, Transform>> known = new LinkedHashMap<>();
    known.put("shift", values -> Transforms.shift(values.one()));
    known.put("rotate", values -> Transforms.rotate(values.one()));
    known.put("zoom", values -> values.two(Transforms::zoom));
    known.put("shear", values -> Transforms.shear(values.one()));
    known.put("flip", values -> values.none(Transforms.flipHorizontally()));
    known.put("flip-vertically", values -> values.none(Transforms.flipVertically()));
    known.put("rotate90", values -> values.none(Transforms.rotate90()));
    known.put("random-crop", values -> Transforms.randomCrop(values.whole()));
    known.put("resized-crop", values -> values.two(Transforms::randomResizedCrop));
    known.put("brightness", values -> Transforms.brightness(values.one()));
    known.put("contrast", values -> values.two(Transforms::contrast));
    known.put("saturation", values -> values.two(Transforms::saturation));
    known.put("hue", values -> Transforms.hue(values.one()));
    known.put("colour-jitter", Values::colourJitter);
    known.put("grayscale", values -> Transforms.grayscale(values.one()));
    known.put("sharpness", values -> values.two(Transforms::sharpness));
    known.put("posterize", values -> Transforms.posterize(values.whole()));
    known.put("solarize", values -> Transforms.solarize(values.one()));
    known.put("auto-contrast", values -> values.none(Transforms.autoContrast()));
    known.put("equalize", values -> values.none(Transforms.equalize()));
    known.put("cutout", values -> Transforms.cutout(values.whole()));
    known.put("noise", values -> Transforms.noise(values.one()));
    known.put("rand-augment", Values::randAugment);
    known.put("mixup", values -> Transforms.mixUp(values.one()));
    known.put("cutmix", values -> Transforms.cutMix(values.one()));
    return known;
  }

  /** Returns the names of all transforms. */
  static Set<String> names() {
    return TRANSFORMS.keySet();
  }

  @Override
  public Augmentation convert(String text) {
    List<Transform> transforms = new ArrayList<>();
    Fill fill = Augmentation.none().fill();
    for (String item : text.split(",", -1)) {
      try {
        int equals = item.indexOf('=');
        String name = (equals < 0 ? item : item.substring(0, equals)).strip();
        Values values = Values.of(equals < 0 ? "" : item.substring(equals + 1));
        if (name.equals(FILL)) {
          fill = values.fill();
        } else {
          transforms.add(transform(name).apply(values));
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "%s: %s; for example %s".formatted(item, e.getMessage(), EXAMPLE));
      }
    }
    return Augmentation.of(transforms).fill(fill);
  }

  private static Function<Values, Transform> transform(String name) {
    Function<Values, Transform> transform = TRANSFORMS.get(name);
    if (transform == null) {
      List<String> known = new ArrayList<>(TRANSFORMS.keySet());
      known.add(FILL);
      throw new IllegalArgumentException(
          NearestName.of(name, known).map("did you mean %s? "::formatted).orElse("")
              + "it must be one of "
              + String.join(", ", known));
    }
    return transform;
  }

  /** The values of a transform, separated by colons. */
  private record Values(List<String> texts) {
    private static final int JITTERS = 4;

    /** Makes a transform of two numbers. */
    private interface OfTwo {
      Transform of(double first, double second);
    }

    static Values of(String text) {
      return new Values(text.isEmpty() ? List.of() : Arrays.asList(text.split(":", -1)));
    }

    Transform none(Transform transform) {
      if (!texts.isEmpty()) {
        throw new IllegalArgumentException("it takes no value");
      }
      return transform;
    }

    double one() {
      require(1, "one number");
      return number(0);
    }

    int whole() {
      return whole(one());
    }

    Transform two(OfTwo transform) {
      require(2, "two numbers, such as 0.9:1.1");
      return transform.of(number(0), number(1));
    }

    Transform colourJitter() {
      require(JITTERS, "four numbers, such as 0.4:0.4:0.4:0.1");
      return Transforms.colourJitter(number(0), number(1), number(2), number(3));
    }

    Transform randAugment() {
      require(2, "two numbers, such as 2:9");
      return Transforms.randAugment(whole(number(0)), number(1));
    }

    Fill fill() {
      require(1, "background, edge, reflect or a number");
      return switch (texts.get(0)) {
        case "background" -> Fill.background();
        case "edge" -> Fill.edge();
        case "reflect" -> Fill.reflect();
        default -> Fill.constant(number(0));
      };
    }

    private void require(int count, String described) {
      if (texts.size() != count) {
        throw new IllegalArgumentException("it takes " + described);
      }
    }

    private static int whole(double number) {
      if (number != Math.rint(number)) {
        throw new IllegalArgumentException("it takes a whole number");
      }
      return (int) number;
    }

    private double number(int index) {
      try {
        return Double.parseDouble(texts.get(index));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("\"%s\" is not a number".formatted(texts.get(index)), e);
      }
    }
  }
}
