package io.github.convnet4j.report;

import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.train.Model;
import java.util.Locale;
import java.util.Optional;

/** The filters of the first convolution. */
final class FilterSection {
  private static final int MOST = 64;

  private FilterSection() {}

  /** Returns the section, or empty if the network has no convolution. */
  static Optional<Section> of(Model<?> model) {
    return Pictures.firstKernel(model)
        .map(
            kernel ->
                new Section(
                    "filters",
                    "Filters of the first convolution",
                    Html.figure(
                        Html.picture(
                            Pictures.filters(kernel.shape(), model.weights(kernel.name()), MOST),
                            "Filters of %s as a grid of tiles".formatted(kernel.name())),
                        caption(kernel))));
  }

  private static String caption(Parameter kernel) {
    long channels = kernel.shape().get(2);
    String legend =
        channels == 3
            ? "One tile per filter, its three channels shown as colors; gray is 0."
            : "One tile per filter%s: orange is positive, blue is negative, dark is 0."
                .formatted(channels == 1 ? "" : " and channel");
    long tiles = channels == 3 ? kernel.shape().get(3) : channels * kernel.shape().get(3);
    return "<code>%s</code> %s. %s%s"
        .formatted(
            Html.text(kernel.name()),
            Html.text(kernel.shape().toString()),
            legend,
            tiles > MOST
                ? String.format(Locale.ROOT, " Shown: the first %d of %s.", MOST, Html.count(tiles))
                : "");
  }
}
