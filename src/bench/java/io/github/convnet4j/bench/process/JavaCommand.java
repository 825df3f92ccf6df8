package io.github.convnet4j.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Commands that start a JVM like this one. */
public final class JavaCommand {
  private JavaCommand() {}

  /** Returns the command for a class on this program's class path. */
  public static List<String> of(Class<?> main, String... arguments) {
    return of(System.getProperty("java.class.path"), main.getName(), arguments);
  }

  /** Returns the command for a class on this program's class path, with options for the JVM. */
  public static List<String> of(List<String> jvmOptions, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(of(main, arguments.toArray(String[]::new)));
    command.addAll(1, jvmOptions);
    return List.copyOf(command);
  }

  /** Returns the command for a class on another class path. */
  public static List<String> of(String classPath, String main, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.concat(Stream.of(java, "-cp", classPath, main), Stream.of(arguments)).toList();
  }
}
