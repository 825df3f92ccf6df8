package io.github.convnet4j.report;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.LayerOutput;
import java.util.Locale;

/** What each layer makes of one image. */
final class FeatureMapSection {
  private static final int MOST = 32;

  private FeatureMapSection() {}

  static Section of(Inspection inspection, Classifier classifier, DataSet test, int index) {
    StringBuilder html = new StringBuilder();
    html.append(
        Html.paragraph(
            "What every layer gives for one image, on its way through the network. Orange is"
                + " positive, blue negative, dark is 0; each layer has a scale of its own."));
    html.append("<div class=\"layers\">\n");
    html.append(
        Html.figure(
            Html.picture(Pictures.image(test, index), "Test image " + index),
            Html.text(
                String.format(
                    Locale.ROOT,
                    "test image %d: %s",
                    index,
                    classifier.classNames().get(test.label(index))))));
    for (LayerOutput output : inspection.layerOutputs(test.imageFloats(index))) {
      // It changes the shape and no number.
      if (!output.kind().equals("flatten")) {
        html.append(
            Html.figure(
                Html.picture(
                    Pictures.layerOutput(output, MOST),
                    String.format(
                        Locale.ROOT, "What %s gives for test image %d", output.layer(), index)),
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
