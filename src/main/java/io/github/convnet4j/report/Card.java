package io.github.convnet4j.report;

/**
 * An important number at the top of the page.
 *
 * @param name such as {@code "accuracy"}
 * @param value such as {@code "97.51 %"}
 * @param note what else there is to say about it
 */
record Card(String name, String value, String note) {
  String toHtml() {
    return "<li><span class=\"name\">%s</span> <strong>%s</strong> <span class=\"note\">%s</span></li>\n"
        .formatted(Html.text(name), Html.text(value), Html.text(note));
  }
}
