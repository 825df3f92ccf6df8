package io.github.convnet4j.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** Explains Jackson's exceptions to the author of the JSON text. */
public final class JsonFault {
  private JsonFault() {}

  /** Returns the position in the document and the problem: {@code layers[2].filters: …}. */
  public static String message(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      // Jackson adds where the unfinished part started, in its own technical terms.
      String what =
          withoutJacksonsSettings(
              e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""));
      return e.getLocation() == null
          ? what
          : "line %d, column %d: %s"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), what);
    }
    String path =
        mapping.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    String what = e.getOriginalMessage();
    if (e.getCause() instanceof IllegalArgumentException cause) {
      what = cause.getMessage();
    } else {
      what = withoutJacksonsSettings(what);
    }
    return path.isEmpty() ? what : path.substring(path.startsWith(".") ? 1 : 0) + ": " + what;
  }

  /** Removes the names of Jackson's settings, which mean nothing to the author of the text. */
  private static String withoutJacksonsSettings(String what) {
    if (what.startsWith("Cannot map `null`")
        || what.startsWith("Null value")
        || what.startsWith("Invalid `null` value")) {
      return "missing or null";
    }
    if (what.contains("`java.util.ArrayList`") || what.contains("`java.util.List<")) {
      return "must be a list";
    }
    return what.replaceFirst(", from `StreamReadConstraints\\.[A-Za-z]+\\(\\)`", "");
  }
}
