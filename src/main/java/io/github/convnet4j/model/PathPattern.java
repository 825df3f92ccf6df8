package io.github.convnet4j.model;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The path of a layer or variable, in which {@code *} stands for any characters. */
final class PathPattern {
  private final Pattern pattern;

  PathPattern(String text) {
    pattern =
        Pattern.compile(
            Arrays.stream(text.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  /** Whether it matches a path, or one of the layers that contain it. */
  boolean covers(String path) {
    for (String part = path; !part.isEmpty(); part = parent(part)) {
      if (matches(part)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path of the layer that contains a layer or a variable; empty if there is none. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
