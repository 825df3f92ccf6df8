package io.github.convnet4j.report;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.inspect.Sample;
import org.tensorflow.ndarray.Shape;

/**
 * The test examples as the page shows them: images as pictures, everything else by number.
 *
 * @param source with one input and one target
 */
record TestExamples(Source source) {
  private static final int IMAGE_DIMENSIONS = 3;

  int size() {
    return source.size();
  }

  private Shape shape() {
    return source.inputShapes().get(0);
  }

  /** Returns whether the inputs are {@code [height, width, channels]}. */
  boolean areImages() {
    return shape().numDimensions() == IMAGE_DIMENSIONS;
  }

  /** Returns whether the inputs are images in gray or in color. */
  boolean arePictures() {
    return Pictures.canDraw(shape());
  }

  /** Returns what an example is called. */
  String one() {
    return areImages() ? "image" : "example";
  }

  /** Returns what examples are called. */
  String many() {
    return one() + "s";
  }

  /** Returns how many examples were tested, and of how many if these are not all. */
  String tested(Sample sample) {
    String all = "%s test %s".formatted(Html.count(sample.size()), many());
    return sample.isWhole()
        ? all
        : all + ", evenly spaced among %s".formatted(Html.count(sample.source().size()));
  }

  float[] input(int index) {
    return source.read(index).input();
  }

  float[] target(int index) {
    return source.read(index).target();
  }

  /**
   * Returns a figure with an example's picture, or its number if it cannot be drawn.
   *
   * @param alt what the picture shows, as plain text
   * @param caption HTML
   */
  String figure(int index, String alt, String caption) {
    return Html.figure(picture(index, alt), caption);
  }

  /** Returns an example's picture, or its number if it cannot be drawn. */
  String picture(int index, String alt) {
    return arePictures()
        ? Html.picture(Pictures.image(source, index), alt)
        : "<span class=\"number\">%s %s</span>".formatted(one(), index);
  }
}
