package io.github.convnet4j.report;

import io.github.convnet4j.classifier.FitOptions;
import io.github.convnet4j.classifier.History;
import java.util.List;
import java.util.Optional;

/** What a {@link Report} was told; its methods say what each is. Changed in copies only. */
final class ReportSettings {
  String title = "What the network learned";
  String description = "";

  /** Unless there is one, the classifier's. */
  Optional<History> history = Optional.empty();

  Optional<FitOptions> fitOptions = Optional.empty();
  int testImages = 50_000;
  int mistakes = 24;
  int embeddings = 1_000;
  int shownImage;

  /** Unless there are some, the first image of each class. */
  Optional<List<Integer>> explained = Optional.empty();

  ReportSettings() {}

  ReportSettings(ReportSettings other) {
    title = other.title;
    description = other.description;
    history = other.history;
    fitOptions = other.fitOptions;
    testImages = other.testImages;
    mistakes = other.mistakes;
    embeddings = other.embeddings;
    shownImage = other.shownImage;
    explained = other.explained;
  }
}
