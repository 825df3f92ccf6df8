package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The training curves, and a table of the epochs. */
final class TrainingSection {
  private TrainingSection() {}

  /** Returns the section, or empty if no epoch was completed. */
  static Optional<Section> of(History history, int epochsTrained) {
    if (history.epochs().isEmpty()) {
      return Optional.empty();
    }
    String html =
        "<div class=\"charts\">\n"
            + Html.figure(Charts.cost(history), "<b>Cost</b>: lower is better.")
            + Html.figure(
                Charts.accuracy(history),
                "<b>Accuracy</b>: the share of correctly classified images. Training accuracy can"
                    + " be lower than validation accuracy: it is measured with dropout on, while"
                    + " the weights still change.")
            + "</div>\n"
            + best(history, epochsTrained)
            + "<details>\n<summary>All epochs as a table</summary>\n"
            + table(history)
            + "</details>\n";
    return Optional.of(new Section("training", "Training", html));
  }

  private static String best(History history, int epochsTrained) {
    String shown =
        epochsTrained == history.last().epoch()
            ? ""
            : String.format(
                Locale.ROOT, " This page shows the network after epoch %d.", epochsTrained);
    return history.epochs().stream()
        .filter(epoch -> epoch.validation().filter(v -> Double.isFinite(v.loss())).isPresent())
        .min(Comparator.comparingDouble(epoch -> epoch.validation().orElseThrow().loss()))
        .map(
            epoch ->
                Html.paragraph(
                    Html.text(
                        String.format(
                                Locale.ROOT,
                                "The validation cost was lowest after epoch %d: %s.",
                                epoch.epoch(),
                                Html.number("%.4f", epoch.validation().orElseThrow().loss()))
                            + shown)))
        .orElse("");
  }

  private static String table(History history) {
    List<List<String>> rows = new ArrayList<>();
    for (EpochResult epoch : history.epochs()) {
      rows.add(
          List.of(
              String.valueOf(epoch.epoch()),
              Html.number("%.6f", epoch.cost()),
              Html.number("%.4f", epoch.accuracy()),
              cell(epoch.validation().map(Scores::loss), "%.6f"),
              cell(epoch.validation().map(Scores::accuracy), "%.4f")));
    }
    return Html.table(
        "Epochs",
        List.of("epoch", "cost", "accuracy", "validation cost", "validation accuracy"),
        rows);
  }

  private static String cell(Optional<Double> value, String format) {
    return value.map(number -> Html.number(format, number)).orElse("\u2013");
  }
}
