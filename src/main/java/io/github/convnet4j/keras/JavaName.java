package io.github.convnet4j.keras;

import java.util.regex.Pattern;

/** The names of Keras' layers, as far as TensorFlow allows them. */
final class JavaName {
  private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern FIRST = Pattern.compile("[A-Za-z0-9.].*");

  private JavaName() {}

  /** Returns the name with other characters replaced by underscores. */
  static String of(String name) {
    String allowed = FORBIDDEN.matcher(name).replaceAll("_");
    return FIRST.matcher(allowed).matches() ? allowed : "layer" + allowed;
  }
}
