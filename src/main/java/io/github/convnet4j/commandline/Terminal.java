package io.github.convnet4j.commandline;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jline.nativ.CLibrary;
import org.jline.nativ.Kernel32;

/** What is known about the terminal, if there is one. */
public final class Terminal {
  private static final int STANDARD_ERROR = 2;

  private Terminal() {}

  /**
   * Returns the character set to print in: UTF-8, as in Python, unless the terminal is known to
   * need another, as a Windows console does.
   */
  public static Charset charset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
  }

  /** Returns whether standard error is a terminal, where a line can be redrawn. */
  public static boolean showsStandardError() {
    try {
      return System.getProperty("os.name", "").startsWith("Windows")
          ? Kernel32.isatty(STANDARD_ERROR) == 1
          : CLibrary.isatty(STANDARD_ERROR) == 1;
    } catch (LinkageError e) {
      // JLine does not support this system: better no bar than one in a log.
      return false;
    }
  }
}
