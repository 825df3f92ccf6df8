package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.SegmentationReport;
import io.github.convnet4j.evaluate.SegmentationReport.ClassOverlap;
import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.inspect.SegmentationResult;
import io.github.convnet4j.inspect.SegmentationResult.Masks;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How well the pixels of each class are found, and masks of the worst images. */
record SegmentationPart(List<String> classNames, TestExamples test, SegmentationResult result)
    implements TaskPart {
  static SegmentationPart of(
      Model<SegmentedImage> model, TestExamples test, Sample sample, int pictures) {
    return new SegmentationPart(
        model.classNames(), test, SegmentationResult.of(model, sample, pictures));
  }

  @Override
  public String task() {
    return "segmentation";
  }

  @Override
  public Fact names() {
    return new Fact("classes", String.join(", ", classNames));
  }

  @Override
  public List<Card> cards() {
    return List.of(
        new Card(
            "mean IoU",
            Html.number("%.4f", SegmentationReport.of(result.confusionMatrix()).meanIou()),
            test.tested(result.sample())),
        new Card(
            "correct pixels",
            Html.percent(result.scores().accuracy()),
            "of %s".formatted(Html.count(result.confusionMatrix().total()))));
  }

  @Override
  public String classified() {
    return "pixels";
  }

  @Override
  public List<Section> results() {
    List<Section> sections = new ArrayList<>();
    sections.add(table());
    sections.add(ConfusionTable.section(result.confusionMatrix(), "The numbers count pixels."));
    if (!result.worst().isEmpty()) {
      sections.add(masks());
    }
    return sections;
  }

  private Section table() {
    SegmentationReport report = SegmentationReport.of(result.confusionMatrix());
    List<List<String>> rows = new ArrayList<>();
    for (ClassOverlap overlap : report.classes()) {
      rows.add(
          List.of(
              overlap.name(),
              Html.number("%.4f", overlap.iou()),
              Html.number("%.4f", overlap.dice()),
              Html.count(overlap.pixels()),
              Html.count(overlap.predicted())));
    }
    rows.add(
        List.of(
            "mean",
            Html.number("%.4f", report.meanIou()),
            Html.number("%.4f", report.meanDice()),
            "",
            ""));
    String html =
        Html.facts(ScoreFacts.of(result.scores()))
            + "<h3>Results by class</h3>\n"
            + Html.paragraph(
                "IoU (intersection over union): the pixels of the class that were predicted as it,"
                    + " as a share of those that belong to it or were predicted as it. Dice: twice"
                    + " the same number of pixels, divided by the sum of the two. Pixels are"
                    + " counted over all images together.")
            + Html.table(
                "IoU and Dice",
                List.of("class", "IoU", "Dice", "pixels", "predicted pixels"),
                rows);
    return new Section("results", "Test results", html);
  }

  private Section masks() {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "From left to right: the image, its true mask, the predicted mask. The images with the"
                + " lowest IoU come first."));
    html.append(legend());
    html.append("<div class=\"explanations\">\n");
    result.worst().forEach(masks -> html.append(figure(masks)));
    return new Section("masks", "Worst masks", html.append("</div>\n").toString());
  }

  private String legend() {
    StringBuilder html = new StringBuilder("<ul class=\"legend\">\n");
    for (int i = 0; i < classNames.size(); i++) {
      html.append(key(Colours.rgbOfClass(i, classNames.size()), classNames.get(i)));
    }
    boolean unlabeled =
        result.worst().stream()
            .flatMapToInt(masks -> Arrays.stream(masks.labels()))
            .anyMatch(label -> label == Masks.NO_LABEL);
    if (unlabeled) {
      html.append(key(Colours.NO_CLASS, "no label"));
    }
    return html.append("</ul>\n").toString();
  }

  private static String key(int rgb, String name) {
    return String.format(
        Locale.ROOT, "<li><span style=\"background:#%06x\"></span>%s</li>\n", rgb, Html.text(name));
  }

  private String figure(Masks masks) {
    int index = masks.index();
    SegmentedImage predicted = masks.prediction();
    String pictures =
        test.picture(index, "Test image " + index)
            + Html.picture(
                Pictures.mask(
                    masks.labels(), predicted.height(), predicted.width(), classNames.size()),
                "True mask of test image " + index)
            + Html.picture(Pictures.mask(predicted), "Predicted mask of test image " + index);
    return Html.figure(
        "<div class=\"row\">%s</div>".formatted(pictures),
        Html.text("test image %s: IoU %s".formatted(index, Html.number("%.4f", masks.iou()))));
  }

  @Override
  public String known(int index) {
    return "";
  }
}
