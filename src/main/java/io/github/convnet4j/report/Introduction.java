package io.github.convnet4j.report;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.Locale;

/** The top of the page: the description and the most important numbers. */
final class Introduction {
  private Introduction() {}

  static String html(String description, Model<Prediction> model, DataSet test, Results results) {
    long measured = results.matrix().total();
    long wrong = measured - results.matrix().correct();
    ConfidenceInterval interval = results.interval();
    StringBuilder html = new StringBuilder();
    if (!description.isBlank()) {
      html.append("<p class=\"lead\">").append(Html.text(description)).append("</p>\n");
    }
    html.append("<ul class=\"cards\">\n");
    html.append(
        card(
            "accuracy",
            Html.percent(results.accuracy()),
            String.format(
                Locale.ROOT,
                "%.2f to %.2f %% (95 %%)",
                100 * interval.low(),
                100 * interval.high())));
    html.append(
        card(
            "mistakes",
            Html.count(wrong),
            measured == test.size()
                ? "of %s test images".formatted(Html.count(measured))
                : "of %s test images, evenly spaced among %s"
                    .formatted(Html.count(measured), Html.count(test.size()))));
    html.append(
        card(
            "parameters",
            Html.count(model.network().parameterCount()),
            "%s multiply-adds per image".formatted(Html.count(model.network().multiplyAdds()))));
    html.append(
        card(
            "epochs trained",
            Html.count(model.epochsTrained()),
            "%s steps".formatted(Html.count(model.stepsTrained()))));
    return html.append("</ul>\n").toString();
  }

  private static String card(String name, String value, String note) {
    return "<li><span class=\"name\">%s</span> <strong>%s</strong> <span class=\"note\">%s</span></li>\n"
        .formatted(Html.text(name), Html.text(value), Html.text(note));
  }
}
