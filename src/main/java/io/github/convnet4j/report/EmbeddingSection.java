package io.github.convnet4j.report;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Embeddings;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.Sample;
import java.util.Optional;

/** Where images lie for the network, seen in two dimensions. */
final class EmbeddingSection {
  /** Numbers held at once, as floats and as doubles: some 100 MB. */
  private static final int MOST_NUMBERS = 8_000_000;

  private EmbeddingSection() {}

  /** Empty if there are no two images to draw, or an image is a single number. */
  static Optional<Section> of(
      Inspection inspection, Classifier classifier, DataSet test, int most) {
    int length = inspection.embeddingLength();
    int n = Math.min(Math.min(most, Math.max(2, MOST_NUMBERS / length)), test.size());
    if (n < 2 || length < 2) {
      return Optional.empty();
    }
    Embeddings embeddings = inspection.embeddings(Sample.atMost(n, test).all());
    String html;
    try {
      html = html(classifier, test, embeddings);
    } catch (IllegalArgumentException e) {
      // Numbers that are not finite, after a training that diverged.
      html = Html.paragraph(Html.text("They cannot be drawn: " + e.getMessage() + "."));
    }
    return Optional.of(new Section("embeddings", "Embeddings", html));
  }

  private static String html(Classifier classifier, DataSet test, Embeddings embeddings) {
    String which =
        embeddings.size() == test.size()
            ? "All %s test images".formatted(Html.count(embeddings.size()))
            : "%s of %s test images, at equal distances"
                .formatted(Html.count(embeddings.size()), Html.count(test.size()));
    String caption =
        "%s as the %s numbers that reach <code>%s</code>, seen in the plane in which they are spread most (principal components). What lies together looks alike to the network."
            .formatted(which, Html.count(embeddings.length()), Html.text(embeddings.layer()));
    return Html.figure(
        Charts.embeddings(embeddings, embeddings.principalComponents(2), classifier.classNames()),
        caption);
  }
}
