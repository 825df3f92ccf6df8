package io.github.convnet4j.report;

import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;

/** The top of the page: the description and the most important numbers. */
final class Introduction {
  private Introduction() {}

  /**
   * Returns the HTML.
   *
   * @param results the most important results
   */
  static String html(String description, Model<?> model, TestExamples test, List<Card> results) {
    StringBuilder html = new StringBuilder();
    if (!description.isBlank()) {
      html.append("<p class=\"lead\">").append(Html.text(description)).append("</p>\n");
    }
    List<Card> cards = new ArrayList<>(results);
    cards.add(
        new Card(
            "parameters",
            Html.count(model.network().parameterCount()),
            "%s multiply-adds per %s"
                .formatted(Html.count(model.network().multiplyAdds()), test.one())));
    cards.add(
        new Card(
            "epochs trained",
            Html.count(model.epochsTrained()),
            "%s steps".formatted(Html.count(model.stepsTrained()))));
    html.append("<ul class=\"cards\">\n");
    cards.forEach(card -> html.append(card.toHtml()));
    return html.append("</ul>\n").toString();
  }
}
