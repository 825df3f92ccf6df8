package io.github.convnet4j.examples.plot;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether windows can be opened. Java has only one try: once it has failed to reach an X server, it
 * can no longer draw anything, not even to a file. So a separate JVM tries first. If that fails,
 * this one is set to run without a display ({@code java.awt.headless}).
 *
 * @param isUsable whether a window can be opened
 * @param problem the reason why not, or empty
 * @param isBroken whether a display is configured but does not answer
 */
record Display(boolean isUsable, String problem, boolean isBroken) {
  private static final String HEADLESS = "java.awt.headless";
  private static final long PATIENCE_SECONDS = 10;

  /** Must be called before anything is drawn. */
  static void prepare() {
    find();
  }

  /** Returns the display of this process, which is checked only once. */
  static Display find() {
    return Found.DISPLAY;
  }

  private static final class Found {
    static final Display DISPLAY = look();

    private Found() {}
  }

  private static Display look() {
    if (Boolean.getBoolean(HEADLESS)) {
      return missing(HEADLESS + " is true");
    }
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("win") || system.contains("mac")) {
      return GraphicsEnvironment.isHeadless() ? missing("this session has no display") : usable();
    }
    String name = System.getenv("DISPLAY");
    if (name == null || name.isBlank()) {
      System.setProperty(HEADLESS, "true");
      return missing("DISPLAY is not set");
    }
    if (answers()) {
      return usable();
    }
    System.setProperty(HEADLESS, "true");
    return new Display(false, "the display " + name + " does not answer", true);
  }

  private static Display usable() {
    return new Display(true, "", false);
  }

  private static Display missing(String problem) {
    return new Display(false, problem, false);
  }

  /**
   * Runs {@link DisplayProbe} in a separate JVM. If that cannot be started, for example from a jar
   * inside a jar, assumes that the display works.
   */
  private static boolean answers() {
    CodeSource source = Display.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return true;
    }
    try {
      Process probe =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  Path.of(source.getLocation().toURI()).toString(),
                  DisplayProbe.class.getName())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return probe.exitValue() == 0;
      }
      probe.destroyForcibly();
      return false;
    } catch (IOException
        | URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
