package io.github.convnet4j.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Predictions and scikit-learn's metrics of them, as written by {@code
 * src/test/python/print_metrics.py}. Undefined numbers are NaN.
 */
record MetricsPair(JsonNode json) {
  LabelledPredictions predictions() {
    List<String> names =
        StreamSupport.stream(json.get("names").spliterator(), false)
            .map(JsonNode::textValue)
            .toList();
    float[][] probabilities =
        StreamSupport.stream(json.get("probabilities").spliterator(), false)
            .map(MetricsPair::floats)
            .toArray(float[][]::new);
    return LabelledPredictions.of(names, ints(json.get("labels")), probabilities);
  }

  /** Returns a list of numbers, or a single number. */
  double[] numbers(String... path) {
    JsonNode node = json;
    for (String name : path) {
      node = node.get(name);
    }
    return numbers(node);
  }

  /** Returns the reports, each with its classes, digits, text and means. */
  List<JsonNode> reports() {
    return StreamSupport.stream(json.get("reports").spliterator(), false).toList();
  }

  static double[] numbers(JsonNode node) {
    if (!node.isArray()) {
      return new double[] {number(node)};
    }
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(MetricsPair::number)
        .toArray();
  }

  static int[] ints(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  private static double number(JsonNode node) {
    return node.isNull() ? Double.NaN : node.doubleValue();
  }

  private static float[] floats(JsonNode node) {
    float[] floats = new float[node.size()];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = node.get(i).floatValue());
    return floats;
  }

  @Override
  public String toString() {
    return json.get("kind").textValue() + ": " + json;
  }
}
