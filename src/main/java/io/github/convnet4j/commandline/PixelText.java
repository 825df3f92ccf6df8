package io.github.convnet4j.commandline;

import io.github.convnet4j.train.Normalization;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of pixels that a network takes, as typed: {@code -1:1}, or {@code torch}. */
final class PixelText implements ITypeConverter<Normalization> {
  /** As Keras calls the way in which PyTorch's networks are trained on ImageNet. */
  private static final String TORCH = "torch";

  private static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  @Override
  public Normalization convert(String text) {
    if (text.equals(TORCH)) {
      return IMAGENET;
    }
    int colon = text.indexOf(':');
    try {
      return Normalization.toRange(
          Double.parseDouble(text.substring(0, Math.max(0, colon))),
          Double.parseDouble(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "it must be the network's values of black and white, such as 0:255 or -1:1, or torch: "
              + text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
