package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.Mistake;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.inspect.TestResult;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Which parts of an image are evidence for a class: saliency and Grad-CAM maps over the image. */
final class ExplanationSection {
  private static final int MOST_CLASSES = 10;
  private static final int MOST_MISTAKES = 4;

  private final Inspection inspection;
  private final Model<Prediction> model;
  private final TestExamples test;
  private final TestResult result;
  private final Optional<String> layer;

  ExplanationSection(
      Inspection inspection, Model<Prediction> model, TestExamples test, TestResult result) {
    this.inspection = inspection;
    this.model = model;
    this.test = test;
    this.result = result;
    this.layer = inspection.gradCamLayer();
  }

  /**
   * Returns the first image of each class among those that were tested, for ten classes at most, in
   * the order of the classes.
   */
  private List<Integer> firstOfEachClass() {
    Map<Integer, Integer> first = new TreeMap<>();
    Sample sample = result.sample();
    for (int i = 0; i < sample.size() && first.size() < MOST_CLASSES; i++) {
      first.putIfAbsent(result.label(i), sample.index(i));
    }
    return List.copyOf(first.values());
  }

  /**
   * Returns the section, or empty if there is no image to explain.
   *
   * @param chosen which images; by default the first of each class
   */
  Optional<Section> section(Optional<List<Integer>> chosen) {
    List<Integer> images = chosen.orElseGet(this::firstOfEachClass);
    List<Mistake> mistakes = result.worstMistakes();
    if (images.isEmpty() && mistakes.isEmpty()) {
      return Optional.empty();
    }
    String html;
    try {
      html = html(images, mistakes);
    } catch (IllegalArgumentException e) {
      // A custom layer may have no derivative. The rest of the page does not need one.
      html = Html.paragraph(Html.text("Not available for this network: " + e.getMessage() + "."));
    }
    return Optional.of(new Section("explanations", "Evidence for the predictions", html));
  }

  private String html(List<Integer> images, List<Mistake> mistakes) {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "Saliency: the pixels that the class's logit depends on most (the absolute value of the"
                + " gradient)."));
    html.append(
        Html.paragraph(
            layer
                .map(
                    name ->
                        "Grad-CAM: where the feature maps of <code>%s</code> show evidence for the"
                                .formatted(Html.text(name))
                            + " class. Pale yellow is strongest.")
                .orElse("Grad-CAM needs feature maps, and this network has none.")));
    html.append("<div class=\"explanations\">\n");
    for (int index : images) {
      Predicted predicted = predicted(index);
      html.append(
          explanation(
              index,
              predicted.classIndex(),
              String.format(
                  Locale.ROOT,
                  "test image %d: label %s, predicted %s (%s)",
                  index,
                  name(result.labelOf(index)),
                  name(predicted.classIndex()),
                  Html.number("%.1f %%", 100 * predicted.probability()))));
    }
    html.append("</div>\n");
    if (!mistakes.isEmpty()) {
      html.append("<h3>Mistakes: evidence for the prediction and for the label</h3>\n");
      html.append("<div class=\"explanations\">\n");
      mistakes.stream().limit(MOST_MISTAKES).forEach(mistake -> html.append(both(mistake)));
      html.append("</div>\n");
    }
    return html.toString();
  }

  /** A predicted class and its probability. */
  private record Predicted(int classIndex, float probability) {}

  /** Returns what was predicted in the test, or predicts an image that was not tested. */
  private Predicted predicted(int index) {
    OptionalInt position = result.sample().position(index);
    if (position.isPresent()) {
      int at = position.getAsInt();
      int classIndex = result.prediction(at);
      return new Predicted(classIndex, result.probability(at, classIndex));
    }
    Prediction prediction = model.predict(test.input(index));
    return new Predicted(prediction.classIndex(), prediction.probability());
  }

  private String both(Mistake mistake) {
    return explanation(
            mistake.index(),
            mistake.prediction(),
            "prediction %s (%s)"
                .formatted(
                    name(mistake.prediction()),
                    Html.number("%.1f %%", 100 * mistake.probability())))
        + explanation(
            mistake.index(),
            mistake.label(),
            "label %s (%s)"
                .formatted(
                    name(mistake.label()),
                    Html.number("%.1f %%", 100 * mistake.labelProbability())));
  }

  private String name(int classIndex) {
    return model.classNames().get(classIndex);
  }

  private String explanation(int index, int classIndex, String caption) {
    float[] image = test.input(index);
    String about =
        String.format(Locale.ROOT, "test image %d for class %s", index, name(classIndex));
    StringBuilder pictures = new StringBuilder("<div class=\"row\">");
    pictures.append(Html.picture(Pictures.image(test.source(), index), "Test image " + index));
    pictures.append(
        Html.picture(
            Pictures.saliency(test.source(), index, inspection.saliency(image, classIndex)),
            "Saliency of " + about));
    layer.ifPresent(
        name ->
            pictures.append(
                Html.picture(
                    Pictures.gradCam(test.source(), index, inspection.gradCam(image, classIndex)),
                    "Grad-CAM of " + about)));
    return Html.figure(pictures.append("</div>").toString(), Html.text(caption));
  }
}
