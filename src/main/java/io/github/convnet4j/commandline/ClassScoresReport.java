package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.ClassScores;
import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Scores;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of a classification.
 *
 * @param asked the metrics that the user asked for
 */
record ClassScoresReport(Scores scores, List<Metric> asked) implements EvaluationReport {
  @Override
  public void print(PrintStream out) {
    ClassificationReport report = ClassificationReport.of(scores.confusionMatrix().orElseThrow());
    out.println(scores);
    out.println("accuracy on more images of this kind: " + interval());
    out.println();
    out.print(report);
    report.notes().forEach(out::println);
    out.println();
    out.print(scores.confusionMatrix().orElseThrow());
  }

  private ConfidenceInterval interval() {
    return ConfidenceInterval.wilson(scores.correct(), scores.total());
  }

  @Override
  public ObjectNode json() {
    ConfidenceInterval interval = interval();
    ConfusionMatrix confusion = scores.confusionMatrix().orElseThrow();
    ClassificationReport report = ClassificationReport.of(confusion);
    ObjectNode json = Json.object();
    json.put("images", scores.total()).put("correct", scores.correct());
    Json.put(json, "loss", scores.loss());
    Json.put(json, "accuracy", scores.accuracy());
    if (!asked.isEmpty()) {
      Map<String, Double> values = new LinkedHashMap<>();
      asked.forEach(metric -> values.put(metric.name(), scores.value(metric.name())));
      EvaluationReport.putValues(json, values);
    }
    json.putObject("accuracyInterval")
        .put("level", interval.level())
        .put("low", interval.low())
        .put("high", interval.high());
    ArrayNode classes = json.putArray("classes");
    report.classes().forEach(row -> put(classes.addObject(), row));
    put(json.putObject("macroAverage"), report.macro());
    put(json.putObject("weightedAverage"), report.weighted());
    putMatrix(json, confusion);
    return json;
  }

  static void put(ObjectNode json, ClassScores scores) {
    json.put("name", scores.name());
    Json.put(json, "precision", scores.precision());
    Json.put(json, "recall", scores.recall());
    Json.put(json, "f1", scores.f1());
    json.put("support", scores.support());
  }

  static void putMatrix(ObjectNode json, ConfusionMatrix confusion) {
    ArrayNode matrix = json.putArray("confusionMatrix");
    for (long[] row : confusion.counts()) {
      ArrayNode counts = matrix.addArray();
      for (long count : row) {
        counts.add(count);
      }
    }
  }
}
