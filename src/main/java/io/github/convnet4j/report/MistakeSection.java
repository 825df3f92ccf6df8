package io.github.convnet4j.report;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Mistake;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The images that were taken most certainly for what they are not. */
final class MistakeSection {
  private MistakeSection() {}

  /** Empty if there are none. */
  static Optional<Section> of(Classifier classifier, DataSet test, List<Mistake> mistakes) {
    if (mistakes.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "Those of which the network was surest come first; the percentage is its"
                + " probability."));
    html.append("<div class=\"grid\">\n");
    for (Mistake mistake : mistakes) {
      String label = classifier.classNames().get(mistake.label());
      String prediction = classifier.classNames().get(mistake.prediction());
      html.append(
          Html.figure(
              Html.picture(
                  Pictures.image(test, mistake.index()),
                  String.format(
                      Locale.ROOT,
                      "Test image %d, a %s taken for a %s",
                      mistake.index(),
                      label,
                      prediction)),
              "is <b>%s</b><br>taken for <b>%s</b><br>%s"
                  .formatted(
                      Html.text(label),
                      Html.text(prediction),
                      Html.number("%.1f %%", 100 * mistake.probability()))));
    }
    return Optional.of(
        new Section("mistakes", "Worst mistakes", html.append("</div>\n").toString()));
  }
}
