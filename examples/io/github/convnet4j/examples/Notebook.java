package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.plot.Plots;
import io.github.convnet4j.natives.NativeTensorFlow;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.function.Consumer;

/** What an example gets from its command line, for the same example in a notebook. */
public final class Notebook {
  private Notebook() {}

  /**
   * Returns a console that prints below the cells. Also loads TensorFlow, so that a fault of the
   * installation is reported here.
   *
   * @param display shows a picture below the cell; in the Java kernel, {@code image ->
   *     display(image)}
   */
  public static Console console(Consumer<BufferedImage> display) {
    // TensorFlow Java numbers operations (Const_1) in this locale, which may use other digits.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    NativeTensorFlow.load();
    return Console.of(System.out, System.err, Plots.inline(display, System.err::println));
  }

  /**
   * Reads the images that an example reads when its command line names none, and prints a message
   * that says which these are.
   */
  public static DataSets images(Console console) {
    return new DataOptions().readGrey(console, 1);
  }
}
