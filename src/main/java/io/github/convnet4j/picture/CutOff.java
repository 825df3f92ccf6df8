package io.github.convnet4j.picture;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Records whether a file ended in the middle of the picture. The JPEG reader only warns about it.
 */
final class CutOff implements IIOReadWarningListener {
  private boolean seen;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    seen |= warning.toLowerCase(Locale.ROOT).contains("premature end");
  }

  boolean seen() {
    return seen;
  }
}
