package io.github.convnet4j.bench.contest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * What a contestant took for a request.
 *
 * @param seconds of each step, each image, or of all together
 * @param costs of each step, if there were any
 * @param correct images told rightly, if any were looked at
 */
record Answer(List<Double> seconds, List<Double> costs, OptionalInt correct) {
  Answer {
    seconds = List.copyOf(seconds);
    costs = List.copyOf(costs);
  }

  static Answer of(JsonNode json) {
    JsonNode correct = json.path("correct");
    return new Answer(
        numbers(json.path("seconds")),
        numbers(json.path("costs")),
        correct.isInt() ? OptionalInt.of(correct.intValue()) : OptionalInt.empty());
  }

  /** A cost that is no number any more arrives as null. */
  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(number -> number.isNumber() ? number.doubleValue() : Double.NaN)
        .toList();
  }
}
