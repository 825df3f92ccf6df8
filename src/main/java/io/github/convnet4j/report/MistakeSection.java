package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Mistake;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The misclassified examples about which the network was most certain. */
final class MistakeSection {
  private MistakeSection() {}

  /** Returns the section, or empty if there are no mistakes. */
  static Optional<Section> of(List<String> classNames, TestExamples test, List<Mistake> mistakes) {
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
      String label = classNames.get(mistake.label());
      String prediction = classNames.get(mistake.prediction());
      html.append(
          test.figure(
              mistake.index(),
              String.format(
                  Locale.ROOT,
                  "Test image %d: %s, predicted as %s",
                  mistake.index(),
                  label,
                  prediction),
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
