package io.github.convnet4j.report;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.FitOptions;
import io.github.convnet4j.classifier.History;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.inspect.TestResult;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One page of HTML on what a classifier has learned: training curves, measures on test images,
 * confusion matrix, worst mistakes, layers, first filters, feature maps, saliency and Grad-CAM,
 * embeddings, settings.
 *
 * <pre>{@code
 * classifier.fit(train, options);
 * Report.of(classifier, test)
 *     .title("Handwritten digits")
 *     .fitOptions(options)
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * <p>The page is one file without links to anything outside, and opens from the disk, on a phone
 * and in dark mode too. The same classifier and images give the same page. Immutable: each setting
 * gives another report.
 */
public final class Report {
  private final Classifier classifier;
  private final DataSet test;
  private final ReportSettings settings;

  private Report(Classifier classifier, DataSet test, ReportSettings settings) {
    this.classifier = classifier;
    this.test = test;
    this.settings = settings;
  }

  /**
   * On a classifier and images that it was not trained on.
   *
   * @throws IllegalArgumentException if the images do not fit the network
   * @throws IllegalStateException if the classifier is closed
   */
  public static Report of(Classifier classifier, DataSet test) {
    requireNonNull(classifier, "classifier");
    // Asks for one image: the classifier tells best what does not fit.
    classifier.predict(requireNonNull(test, "test").subset(0, 1));
    return new Report(classifier, test, new ReportSettings());
  }

  private Report with(Consumer<ReportSettings> change) {
    ReportSettings changed = new ReportSettings(settings);
    change.accept(changed);
    return new Report(classifier, test, changed);
  }

  /** The same under this title. */
  public Report title(String title) {
    if (title.isBlank()) {
      throw new IllegalArgumentException("title must not be blank: \"" + title + "\"");
    }
    return with(s -> s.title = title);
  }

  /** The same with this text below the title: what the images are and where they come from, say. */
  public Report description(String description) {
    requireNonNull(description, "description");
    return with(s -> s.description = description);
  }

  /**
   * The same with this history instead of the classifier's own, which has all its training: what
   * {@code fit} returned has the epochs that early stopping went back over, too.
   */
  public Report history(History history) {
    requireNonNull(history, "history");
    return with(s -> s.history = Optional.of(history));
  }

  /** The same with the training's options among the settings. */
  public Report fitOptions(FitOptions fitOptions) {
    requireNonNull(fitOptions, "fitOptions");
    return with(s -> s.fitOptions = Optional.of(fitOptions));
  }

  /**
   * The same measured on at most so many of the test images, at equal distances, instead of 50,000;
   * the page says so.
   */
  public Report testImages(int most) {
    checkAtLeast(1, "testImages", most);
    return with(s -> s.testImages = most);
  }

  /** The same with at most so many of the worst mistakes instead of 24; 0 for none. */
  public Report mistakes(int most) {
    checkAtLeast(0, "mistakes", most);
    return with(s -> s.mistakes = most);
  }

  /**
   * The same with the embeddings of at most so many test images, at equal distances, instead of
   * 1,000; 0 for none. Where embeddings are long they are fewer, so as not to fill the memory.
   */
  public Report embeddings(int most) {
    checkAtLeast(0, "embeddings", most);
    return with(s -> s.embeddings = most);
  }

  private static void checkAtLeast(int least, String argument, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be at least %d: %d", argument, least, value));
    }
  }

  /**
   * The same with the feature maps of this test image instead of the first.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public Report featureMapsOf(int index) {
    checkIndex(index);
    return with(s -> s.shownImage = index);
  }

  /**
   * The same with saliency and Grad-CAM of these test images instead of the first of each of ten
   * classes.
   *
   * @throws IndexOutOfBoundsException if there is none of this number
   */
  public Report explain(int... indices) {
    List<Integer> explained = IntStream.of(indices).peek(this::checkIndex).boxed().toList();
    return with(s -> s.explained = Optional.of(explained));
  }

  private void checkIndex(int index) {
    if (index < 0 || index >= test.size()) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "index must be from 0 to %d: %d", test.size() - 1, index));
    }
  }

  /**
   * Writes the page, in place of one that is there; the folder is made if need be.
   *
   * @throws StoreException if it cannot be written; then an old one is still there
   * @throws IllegalStateException if the classifier is closed
   */
  public void write(Path file) {
    ReplacedFile.write(requireNonNull(file, "file"), toHtml());
  }

  /** The page as text. */
  public String toHtml() {
    TestResult result =
        TestResult.of(classifier, Sample.atMost(settings.testImages, test), settings.mistakes);
    Results results = Results.of(result);
    List<Section> sections = new ArrayList<>();
    TrainingSection.of(settings.history.orElseGet(classifier::history), classifier.epochsTrained())
        .ifPresent(sections::add);
    sections.add(ResultSection.of(results));
    sections.add(ConfusionTable.section(results.matrix()));
    MistakeSection.of(classifier, test, result.worstMistakes()).ifPresent(sections::add);
    sections.add(NetworkSection.of(classifier.network()));
    FilterSection.of(classifier).ifPresent(sections::add);
    try (Inspection inspection = Inspection.of(classifier)) {
      sections.add(FeatureMapSection.of(inspection, classifier, test, settings.shownImage));
      ExplanationSection.of(inspection, classifier, test, explained(), result.worstMistakes())
          .ifPresent(sections::add);
      EmbeddingSection.of(inspection, classifier, test, settings.embeddings)
          .ifPresent(sections::add);
    }
    sections.add(SettingsSection.of(classifier, settings.fitOptions));
    return Page.html(
        settings.title,
        Introduction.html(settings.description, classifier, test, results),
        sections);
  }

  private List<Integer> explained() {
    return settings.explained.orElseGet(() -> ExplanationSection.firstOfEachClass(test));
  }
}
