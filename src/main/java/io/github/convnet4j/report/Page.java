package io.github.convnet4j.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A self-contained HTML page. Its policy forbids the browser to load anything else. */
final class Page {
  private static final String STYLE = "report.css";

  private Page() {}

  /**
   * Returns the whole page.
   *
   * @param title plain text
   * @param intro HTML between the title and the first section
   */
  static String html(String title, String intro, List<Section> sections) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    img-src data:; style-src 'unsafe-inline'">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    <header>
    <h1>%s</h1>
    %s<nav aria-label="Sections">
    %s
    </nav>
    </header>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(
            Html.text(title),
            style(),
            Html.text(title),
            intro,
            sections.stream().map(Section::link).collect(Collectors.joining("\n")),
            sections.stream().map(Section::toHtml).collect(Collectors.joining()));
  }

  private static String style() {
    try (InputStream stream = Page.class.getResourceAsStream(STYLE)) {
      if (stream == null) {
        throw new IllegalStateException("missing from the jar: " + STYLE);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
