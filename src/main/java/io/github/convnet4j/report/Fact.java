package io.github.convnet4j.report;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A setting or a result with its name, for a reader.
 *
 * @param name {@code "batch size"}
 * @param value {@code "100"}
 */
record Fact(String name, String value) {

  /** The components of a record, which settings are as a rule; of anything else its own text. */
  static List<Fact> of(String name, Object settings) {
    List<Fact> facts = new ArrayList<>();
    if (!(settings instanceof Record)) {
      return List.of(new Fact(name, settings.toString()));
    }
    try {
      for (RecordComponent component : settings.getClass().getRecordComponents()) {
        Object value = component.getAccessor().invoke(settings);
        facts.add(new Fact(words(component.getName()), value(value)));
      }
      return facts;
    } catch (ReflectiveOperationException e) {
      // A record that is not public: nobody but itself may ask for its parts.
      return List.of(new Fact(name, settings.toString()));
    }
  }

  /** {@code shuffleSeed} in words. */
  private static String words(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Object::toString).orElse("none");
    }
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? String.valueOf(number.getAsInt()) : "none";
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? String.valueOf(number.getAsLong()) : "none";
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? String.valueOf(number.getAsDouble()) : "none";
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? "none"
          : String.join(", ", list.stream().map(String::valueOf).toList());
    }
    return String.valueOf(value);
  }
}
