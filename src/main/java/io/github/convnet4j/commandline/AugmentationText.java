package io.github.convnet4j.commandline;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Transform;
import io.github.convnet4j.augment.Transforms;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an augmentation as typed: {@code shift=0.1,rotate=10,zoom=0.9:1.1,flip}. */
final class AugmentationText implements ITypeConverter<Augmentation> {
  static final String EXAMPLE = "shift=0.1,rotate=10,zoom=0.9:1.1,noise=0.02";

  @Override
  public Augmentation convert(String text) {
    List<Transform> transforms = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      try {
        transforms.add(transform(item));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "%s: %s; for example %s".formatted(item, e.getMessage(), EXAMPLE));
      }
    }
    return Augmentation.of(transforms);
  }

  private static Transform transform(String item) {
    int equals = item.indexOf('=');
    String name = equals < 0 ? item : item.substring(0, equals);
    String[] values = equals < 0 ? new String[0] : item.substring(equals + 1).split(":", -1);
    return switch (name) {
      case "shift" -> Transforms.shift(one(values));
      case "rotate" -> Transforms.rotate(one(values));
      case "zoom" -> Transforms.zoom(first(values), second(values));
      case "shear" -> Transforms.shear(one(values));
      case "flip" -> none(values, Transforms.flipHorizontally());
      case "flip-vertically" -> none(values, Transforms.flipVertically());
      case "brightness" -> Transforms.brightness(one(values));
      case "contrast" -> Transforms.contrast(first(values), second(values));
      case "cutout" -> Transforms.cutout(whole(one(values)));
      case "noise" -> Transforms.noise(one(values));
      default ->
          throw new IllegalArgumentException(
              "it must be shift, rotate, zoom, shear, flip, flip-vertically, brightness, contrast,"
                  + " cutout or noise");
    };
  }

  private static Transform none(String[] values, Transform transform) {
    if (values.length > 0) {
      throw new IllegalArgumentException("it takes no value");
    }
    return transform;
  }

  private static double one(String[] values) {
    if (values.length != 1) {
      throw new IllegalArgumentException("it takes one number");
    }
    return number(values[0]);
  }

  private static double first(String[] values) {
    if (values.length != 2) {
      throw new IllegalArgumentException("it takes two numbers, such as 0.9:1.1");
    }
    return number(values[0]);
  }

  private static double second(String[] values) {
    return number(values[1]);
  }

  private static int whole(double number) {
    if (number != Math.rint(number)) {
      throw new IllegalArgumentException("it takes a whole number");
    }
    return (int) number;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"%s\" is not a number".formatted(text), e);
    }
  }
}
