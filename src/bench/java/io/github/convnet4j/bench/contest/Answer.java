package io.github.convnet4j.bench.contest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * A contestant's answer to a request.
 *
 * @param seconds the time of each step, of each image, or of all together
 * @param costs the cost of each step, if any
 * @param correct the number of correctly classified images, if any were classified
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

  /** A cost that is not finite arrives as null. */
  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(number -> number.isNumber() ? number.doubleValue() : Double.NaN)
        .toList();
  }
}
