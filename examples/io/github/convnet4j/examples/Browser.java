package io.github.convnet4j.examples;

import java.awt.AWTError;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** The user's browser, where there is a desktop. */
final class Browser {
  private Browser() {}

  /** Opens a page from the disk; returns whether there was anything to open it in. */
  static boolean open(Path page) {
    try {
      if (GraphicsEnvironment.isHeadless()
          || !Desktop.isDesktopSupported()
          || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
        return false;
      }
      Desktop.getDesktop().browse(page.toAbsolutePath().toUri());
      return true;
    } catch (IOException | RuntimeException | AWTError | LinkageError e) {
      // A display that does not answer, a desktop without a browser: the page is there all the
      // same.
      return false;
    }
  }
}
