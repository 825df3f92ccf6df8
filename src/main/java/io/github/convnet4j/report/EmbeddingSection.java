package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Embeddings;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.Sample;
import java.util.List;
import java.util.Optional;

/** The network's embeddings of test images, projected to two dimensions. */
final class EmbeddingSection {
  /** How many numbers are held in memory, as floats and as doubles: about 100 MB. */
  private static final int MOST_NUMBERS = 8_000_000;

  private EmbeddingSection() {}

  /**
   * Returns the section, or empty if there are fewer than two images, or an embedding is a single
   * number.
   */
  static Optional<Section> of(
      Inspection inspection, List<String> classNames, TestExamples test, int most) {
    int length = inspection.embeddingLength();
    int n = Math.min(Math.min(most, Math.max(2, MOST_NUMBERS / length)), test.size());
    if (n < 2 || length < 2) {
      return Optional.empty();
    }
    Embeddings embeddings = inspection.embeddings(Sample.atMost(n, test.source()).examples());
    String html;
    try {
      html = html(classNames, test, embeddings);
    } catch (IllegalArgumentException e) {
      // The numbers are not finite if training diverged.
      html = Html.paragraph(Html.text("Embeddings cannot be drawn: " + e.getMessage() + "."));
    }
    return Optional.of(new Section("embeddings", "Embeddings", html));
  }

  private static String html(List<String> classNames, TestExamples test, Embeddings embeddings) {
    String which =
        embeddings.size() == test.size()
            ? "All %s test %s".formatted(Html.count(embeddings.size()), test.many())
            : "%s of %s test %s, evenly spaced"
                .formatted(Html.count(embeddings.size()), Html.count(test.size()), test.many());
    String caption =
        ("%s, each as the %s numbers that enter <code>%s</code>, projected onto their first two"
                + " principal components: the plane in which they vary most. %s that lie close"
                + " together look similar to the network.")
            .formatted(
                which,
                Html.count(embeddings.length()),
                Html.text(embeddings.layer()),
                test.areImages() ? "Images" : "Examples");
    return Html.figure(
        Charts.embeddings(embeddings, embeddings.principalComponents(2), classNames), caption);
  }
}
