package io.github.convnet4j.report;

/**
 * A section of the page.
 *
 * @param id the target of the link to it
 * @param heading plain text
 * @param html the content below the heading
 */
record Section(String id, String heading, String html) {
  String toHtml() {
    return "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n<h2 id=\"%s-heading\">%s</h2>\n%s</section>\n"
        .formatted(id, id, id, Html.text(heading), html);
  }

  String link() {
    return "<a href=\"#%s\">%s</a>".formatted(id, Html.text(heading));
  }
}
