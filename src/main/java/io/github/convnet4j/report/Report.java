package io.github.convnet4j.report;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A single HTML page about what a model with one input and one output has learned: training curves,
 * test metrics, worst mistakes, layers, filters of the first convolution, feature maps, settings.
 * What else it shows depends on the task:
 *
 * <ul>
 *   <li>classification: the confusion matrix, saliency and Grad-CAM, embeddings
 *   <li>several labels: the scores of each label
 *   <li>regression: the errors and a chart of predictions and targets, for each target
 *   <li>segmentation: IoU and Dice of each class, the confusion matrix, images with their masks
 * </ul>
 *
 * <pre>{@code
 * model.fit(train, options);
 * Report.of(model, test)
 *     .title("Handwritten digits")
 *     .fitOptions(options)
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * <p>The page is one self-contained file. It opens straight from disk, fits a phone's screen, and
 * supports dark mode. The same model and images always give the same page. Reports are immutable:
 * each setting returns a new one.
 */
public final class Report {
  private final Model<?> model;
  private final TestExamples test;
  private final ReportSettings settings;

  private Report(Model<?> model, TestExamples test, ReportSettings settings) {
    this.model = model;
    this.test = test;
    this.settings = settings;
  }

  /**
   * Returns a report on a model, tested on examples that it was not trained on.
   *
   * @throws IllegalArgumentException if the model has several inputs or outputs, or is over a graph
   *     of your own, or if the examples do not fit the network and its task
   * @throws IllegalStateException if the model is closed
   */
  public static Report of(Model<?> model, Source test) {
    requireNonNull(test, "test");
    Inspection.check(model);
    if (model.predictionType() == Answers.class) {
      throw new IllegalArgumentException(
          "model must be created with a task for its only output, not with Tasks.all: "
              + model.tasks());
    }
    // Evaluates one example, because the model's own message says best what does not fit.
    model.evaluate(test.select(new int[1]));
    return new Report(model, new TestExamples(test), new ReportSettings());
  }

  private Report with(Consumer<ReportSettings> change) {
    ReportSettings changed = new ReportSettings(settings);
    change.accept(changed);
    return new Report(model, test, changed);
  }

  /** Returns this report with the given title. */
  public Report title(String title) {
    if (title.isBlank()) {
      throw new IllegalArgumentException("title must not be blank: \"" + title + "\"");
    }
    return with(s -> s.title = title);
  }

  /**
   * Returns this report with a paragraph below the title, for example what the images show and
   * where they come from.
   */
  public Report description(String description) {
    requireNonNull(description, "description");
    return with(s -> s.description = description);
  }

  /**
   * Returns this report with the given history in place of the model's own. The history that {@code
   * fit} returned also has the epochs that early stopping discarded.
   */
  public Report history(History history) {
    requireNonNull(history, "history");
    return with(s -> s.history = Optional.of(history));
  }

  /** Returns this report with the options of the training run among its settings. */
  public Report fitOptions(FitOptions fitOptions) {
    requireNonNull(fitOptions, "fitOptions");
    return with(s -> s.fitOptions = Optional.of(fitOptions));
  }

  /**
   * Returns this report with the network tested on at most this many examples, 50,000 by default.
   * They are evenly spaced in the test set, and the page says how many there are.
   */
  public Report testImages(int most) {
    checkAtLeast(1, "testImages", most);
    return with(s -> s.testImages = most);
  }

  /**
   * Returns this report with at most this many of the worst mistakes, 24 by default; 0 for none.
   * For a regression, these are the predictions that are farthest from their targets; for a
   * segmentation, the images with the lowest IoU.
   */
  public Report mistakes(int most) {
    checkAtLeast(0, "mistakes", most);
    return with(s -> s.mistakes = most);
  }

  /**
   * Returns this report with the embeddings of at most this many test images, 1,000 by default; 0
   * for none. The images are evenly spaced in the test set. There are fewer of them if the
   * embeddings are long, to save memory. Only a classification has embeddings.
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
   * Returns this report with the feature maps of the given test image in place of the first.
   *
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public Report featureMapsOf(int index) {
    checkIndex(index);
    return with(s -> s.shownImage = index);
  }

  /**
   * Returns this report with saliency and Grad-CAM of the given test images. By default it has the
   * first image of each class, for ten classes at most. Only a classification of images has them.
   *
   * @throws IndexOutOfBoundsException if one of the images does not exist
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
   * Writes the page to a file. Replaces an existing file, and creates missing folders.
   *
   * @throws StoreException if it cannot be written; an existing file is then unchanged
   * @throws IllegalStateException if the model is closed
   */
  public void write(Path file) {
    ReplacedFile.write(requireNonNull(file, "file"), toHtml());
  }

  /** Returns the page's HTML. */
  public String toHtml() {
    TaskPart part = TaskParts.of(model, test, settings);
    List<Section> sections = new ArrayList<>();
    TrainingSection.of(
            settings.history.orElseGet(model::history), model.epochsTrained(), part.classified())
        .ifPresent(sections::add);
    sections.addAll(part.results());
    sections.add(NetworkSection.of(model.network()));
    FilterSection.of(model).ifPresent(sections::add);
    try (Inspection inspection = Inspection.of(model)) {
      if (test.areImages()) {
        int shown = settings.shownImage;
        sections.add(FeatureMapSection.of(inspection, test, shown, part.known(shown)));
      }
      sections.addAll(part.insights(inspection));
    }
    sections.add(SettingsSection.of(model, part, test, settings.fitOptions));
    return Page.html(
        settings.title,
        Introduction.html(settings.description, model, test, part.cards()),
        sections);
  }
}
