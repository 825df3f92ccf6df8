package io.github.convnet4j.report;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.Mistake;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which parts of an image are evidence for a class: saliency and Grad-CAM maps over the image. */
final class ExplanationSection {
  private static final int MOST_CLASSES = 10;
  private static final int MOST_MISTAKES = 4;

  private final Inspection inspection;
  private final Model<Prediction> model;
  private final DataSet test;
  private final Optional<String> layer;

  private ExplanationSection(Inspection inspection, Model<Prediction> model, DataSet test) {
    this.inspection = inspection;
    this.model = model;
    this.test = test;
    this.layer = inspection.gradCamLayer();
  }

  /**
   * Returns the first image of each class, for ten classes at most, in the order of the classes.
   */
  static List<Integer> firstOfEachClass(DataSet test) {
    boolean[] seen = new boolean[test.classes()];
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < test.size() && first.size() < MOST_CLASSES; i++) {
      if (!seen[test.label(i)]) {
        seen[test.label(i)] = true;
        first.add(i);
      }
    }
    first.sort((a, b) -> Integer.compare(test.label(a), test.label(b)));
    return first;
  }

  /** Returns the section, or empty if there is no image to explain. */
  static Optional<Section> of(
      Inspection inspection,
      Model<Prediction> model,
      DataSet test,
      List<Integer> images,
      List<Mistake> mistakes) {
    if (images.isEmpty() && mistakes.isEmpty()) {
      return Optional.empty();
    }
    String html;
    try {
      html = new ExplanationSection(inspection, model, test).html(images, mistakes);
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
      Prediction prediction = model.predict(test.imageFloats(index));
      html.append(
          explanation(
              index,
              prediction.classIndex(),
              String.format(
                  Locale.ROOT,
                  "test image %d: label %s, predicted %s (%s)",
                  index,
                  name(test.label(index)),
                  prediction.className(),
                  Html.number("%.1f %%", 100 * prediction.probability()))));
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
    float[] image = test.imageFloats(index);
    String about =
        String.format(Locale.ROOT, "test image %d for class %s", index, name(classIndex));
    StringBuilder pictures = new StringBuilder("<div class=\"row\">");
    pictures.append(Html.picture(Pictures.image(test, index), "Test image " + index));
    pictures.append(
        Html.picture(
            Pictures.saliency(test, index, inspection.saliency(image, classIndex)),
            "Saliency of " + about));
    layer.ifPresent(
        name ->
            pictures.append(
                Html.picture(
                    Pictures.gradCam(test, index, inspection.gradCam(image, classIndex)),
                    "Grad-CAM of " + about)));
    return Html.figure(pictures.append("</div>").toString(), Html.text(caption));
  }
}
