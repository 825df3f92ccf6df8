package io.github.convnet4j.commandline;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * The entry point of the command line: {@code java … io.github.convnet4j.commandline.Main train
 * --help}.
 */
public final class Main {
  private static final int USAGE = 2;
  private static final String PICOCLI = "picocli";

  /** The JDK's setting for log messages, which otherwise take two lines with the class's name. */
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private static final String TIME_LEVEL_MESSAGE_AND_FAULT = "%1$tF %1$tT %4$s: %5$s%6$s%n";

  private Main() {}

  /** Runs a command, and exits the JVM with its exit code if that is not 0. */
  public static void main(String[] args) {
    // Numbers look the same in every locale: in files, in what is printed, and in the names of
    // operations, where TensorFlow rejects the digits of some locales. And picocli sorts options
    // by their names in upper case, which are others in Turkish.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty("java.util.logging.config.file") == null) {
      System.getProperties().putIfAbsent(LOG_FORMAT, TIME_LEVEL_MESSAGE_AND_FAULT);
    }
    Charset charset = Terminal.charset();
    PrintStream out = new PrintStream(System.out, true, charset);
    PrintStream messages = new PrintStream(System.err, true, charset);
    int code = run(out, messages, args);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(PrintStream out, PrintStream messages, String... args) {
    try {
      return Commands.execute(out, messages, args);
    } catch (NoClassDefFoundError e) {
      if (!String.valueOf(e.getMessage()).startsWith(PICOCLI)) {
        throw e;
      }
      messages.println(
          "The command line needs picocli, which does not come with the library's jar: put"
              + " info.picocli:picocli on the class path, or build the command line with"
              + " mvn -Pcommandline -Dmaven.test.skip=true package");
      return USAGE;
    }
  }
}
