package io.github.convnet4j.report;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.LayerOutput;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.Locale;

/** The outputs of all layers for one image. */
final class FeatureMapSection {
  private static final int MOST = 32;

  private FeatureMapSection() {}

  static Section of(Inspection inspection, Model<Prediction> model, DataSet test, int index) {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "The output of every layer for one image. Orange is positive, blue is negative, dark is"
                + " 0. Each layer has its own scale."));
    html.append("<div class=\"layers\">\n");
    html.append(
        Html.figure(
            Html.picture(Pictures.image(test, index), "Test image " + index),
            Html.text(
                String.format(
                    Locale.ROOT,
                    "test image %d: %s",
                    index,
                    model.classNames().get(test.label(index))))));
    for (LayerOutput output : inspection.layerOutputs(test.imageFloats(index))) {
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
