package io.github.convnet4j.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a JVM like this one is started. */
public final class JavaCommand {
  private JavaCommand() {}

  /** The command of a class of this program's own class path. */
  public static List<String> of(Class<?> main, String... arguments) {
    return of(System.getProperty("java.class.path"), main.getName(), arguments);
  }

  /** The command of a class of this program's own class path, with options for the JVM. */
  public static List<String> of(List<String> jvmOptions, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(of(main, arguments.toArray(String[]::new)));
    command.addAll(1, jvmOptions);
    return List.copyOf(command);
  }

  /** The command of a class of another class path. */
  public static List<String> of(String classPath, String main, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.concat(Stream.of(java, "-cp", classPath, main), Stream.of(arguments)).toList();
  }
}
