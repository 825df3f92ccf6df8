package io.github.convnet4j.report;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Mistake;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The misclassified images about which the network was most certain. */
final class MistakeSection {
  private MistakeSection() {}

  /** Returns the section, or empty if there are no mistakes. */
  static Optional<Section> of(Model<Prediction> model, DataSet test, List<Mistake> mistakes) {
    if (mistakes.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "The mistakes that the network was most certain of come first. The percentage is the"
                + " probability that it gave the wrong class."));
    html.append("<div class=\"grid\">\n");
    for (Mistake mistake : mistakes) {
      String label = model.classNames().get(mistake.label());
      String prediction = model.classNames().get(mistake.prediction());
      html.append(
          Html.figure(
              Html.picture(
                  Pictures.image(test, mistake.index()),
                  String.format(
                      Locale.ROOT,
                      "Test image %d: %s, predicted as %s",
                      mistake.index(),
                      label,
                      prediction)),
              "label <b>%s</b><br>predicted <b>%s</b><br>%s"
                  .formatted(
                      Html.text(label),
                      Html.text(prediction),
                      Html.number("%.1f %%", 100 * mistake.probability()))));
    }
    return Optional.of(
        new Section("mistakes", "Worst mistakes", html.append("</div>\n").toString()));
  }
}
