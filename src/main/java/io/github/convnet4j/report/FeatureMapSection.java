package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.LayerOutput;
import java.util.Locale;

/** The outputs of all layers for one test image. */
final class FeatureMapSection {
  private static final int MOST = 32;

  private FeatureMapSection() {}

  /**
   * Returns the section.
   *
   * @param known what is known about the image, as plain text; may be empty
   */
  static Section of(Inspection inspection, TestExamples test, int index, String known) {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "The output of every layer for one image. Orange is positive, blue is negative, dark is"
                + " 0. Each layer has its own scale."));
    html.append("<div class=\"layers\">\n");
    html.append(
        test.figure(
            index,
            "Test image " + index,
            Html.text("test image " + index + (known.isEmpty() ? "" : ": " + known))));
    for (LayerOutput output : inspection.layerOutputs(test.input(index))) {
      // Flattening only changes the shape.
      if (!output.kind().equals("flatten")) {
        html.append(
            Html.figure(
                Html.picture(
                    Pictures.layerOutput(output, MOST),
                    String.format(
                        Locale.ROOT, "Output of %s for test image %d", output.layer(), index)),
                caption(output)));
      }
    }
    return new Section("feature-maps", "Feature maps", html.append("</div>\n").toString());
  }

  private static String caption(LayerOutput output) {
    String shown = "";
    if (output.hasMaps() && output.shape().get(2) > MOST) {
      shown = String.format(Locale.ROOT, ", the first %d", MOST);
    }
    return "<code>%s</code> %s%s"
        .formatted(Html.text(output.layer()), Html.text(output.shape().toString()), shown);
  }
}
