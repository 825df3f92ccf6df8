package io.github.convnet4j.keras;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of Keras' layers, as far as TensorFlow allows them, and the other way round. */
final class JavaName {
  private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern FIRST = Pattern.compile("[A-Za-z0-9.].*");

  /**
   * Stands in Keras' names for the slash of a path, which Keras does not allow. TensorFlow allows
   * it in the names of Keras' layers, and no name here contains it.
   */
  private static final String SLASH = ">";

  private JavaName() {}

  /** Returns the name with other characters replaced by underscores. */
  static String of(String name) {
    String allowed = FORBIDDEN.matcher(name).replaceAll("_");
    return FIRST.matcher(allowed).matches() ? allowed : "layer" + allowed;
  }

  /** Returns the path of a layer: that for which {@link #inKeras} returned its name. */
  static String path(String name) {
    String[] parts = name.split(SLASH, -1);
    return Arrays.stream(parts).anyMatch(String::isEmpty)
        ? of(name)
        : Arrays.stream(parts).map(JavaName::of).collect(Collectors.joining("/"));
  }

  /** Returns the name in Keras of a layer with this path. */
  static String inKeras(String path) {
    return path.replace("/", SLASH);
  }
}
