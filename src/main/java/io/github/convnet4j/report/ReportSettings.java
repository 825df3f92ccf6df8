package io.github.convnet4j.report;

import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import java.util.List;
import java.util.Optional;

/** The settings of a {@link Report}, whose methods describe them. Only copies are changed. */
final class ReportSettings {
  String title = "What the network learned";
  String description = "";

  /** The model's own by default. */
  Optional<History> history = Optional.empty();

  Optional<FitOptions> fitOptions = Optional.empty();
  int testImages = 50_000;
  int mistakes = 24;
  int embeddings = 1_000;
  int shownImage;

  /** The first image of each class by default. */
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
