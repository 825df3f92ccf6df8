package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The loss and the metrics of an evaluation. */
final class ScoreFacts {
  /** How parts of names are written that are not plain words. */
  private static final Map<String, String> WRITTEN =
      Map.of("auc", "AUC", "f1", "F1", "iou", "IoU", "psnr", "PSNR", "r2", "R\u00b2", "roc", "ROC");

  private ScoreFacts() {}

  static List<Fact> of(Scores scores) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("loss", Html.number("%.4f", scores.loss())));
    scores
        .values()
        .forEach((name, value) -> facts.add(new Fact(words(name), Html.number("%.4f", value))));
    return facts;
  }

  /** Returns the name of a metric as words: {@code mean absolute error}. */
  static String words(String metric) {
    return Stream.of(metric.split("_", -1))
        .map(word -> WRITTEN.getOrDefault(word, word))
        .collect(Collectors.joining(" "));
  }
}
