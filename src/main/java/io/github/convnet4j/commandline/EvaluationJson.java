package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.evaluate.ClassScores;
import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.Scores;

/** Writes an evaluation as JSON. */
final class EvaluationJson {
  private EvaluationJson() {}

  static String of(Scores evaluation) {
    ConfidenceInterval interval =
        ConfidenceInterval.wilson(evaluation.correct(), evaluation.total());
    ClassificationReport report =
        ClassificationReport.of(evaluation.confusionMatrix().orElseThrow());
    ObjectNode json = Json.object();
    json.put("images", evaluation.total()).put("correct", evaluation.correct());
    Json.put(json, "loss", evaluation.loss());
    Json.put(json, "accuracy", evaluation.accuracy());
    json.putObject("accuracyInterval")
        .put("level", interval.level())
        .put("low", interval.low())
        .put("high", interval.high());
    ArrayNode classes = json.putArray("classes");
    report.classes().forEach(scores -> scores(classes.addObject(), scores));
    scores(json.putObject("macroAverage"), report.macro());
    scores(json.putObject("weightedAverage"), report.weighted());
    ArrayNode matrix = json.putArray("confusionMatrix");
    for (long[] row : evaluation.confusionMatrix().orElseThrow().counts()) {
      ArrayNode counts = matrix.addArray();
      for (long count : row) {
        counts.add(count);
      }
    }
    return json.toPrettyString();
  }

  private static void scores(ObjectNode json, ClassScores scores) {
    json.put("name", scores.name());
    Json.put(json, "precision", scores.precision());
    Json.put(json, "recall", scores.recall());
    Json.put(json, "f1", scores.f1());
    json.put("support", scores.support());
  }
}
