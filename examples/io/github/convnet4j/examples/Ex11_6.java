package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.plot.Colormap;
import io.github.convnet4j.plot.Figure;
import org.tensorflow.ndarray.NdArrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** ex11_6: loading MNIST; a label one-hot and as a number, and two pictures. */
@Command(name = "Ex11_6", description = "loading MNIST: labels and pictures")
public final class Ex11_6 extends Example {
  private static final int ANOTHER_IMAGE = 213;

  @Mixin private DataOptions data = new DataOptions();

  public static void main(String[] args) {
    new Ex11_6().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    DataSets mnist = data.read(console);
    return () -> show(console, mnist);
  }

  /** Prints and draws as the notebook does, and returns the first training image's label. */
  public static int show(Console console, DataSets mnist) {
    DataSet train = mnist.train();
    Images.require(mnist, ANOTHER_IMAGE);
    console.print("mnist.train.labels[0] : ", NdArrays.vectorOf(train.oneHot(0)));
    draw(console, train, 0, "ex11_6");
    draw(console, train, ANOTHER_IMAGE, "ex11_6_" + ANOTHER_IMAGE);
    console.print("mnist.train.labels[0] : ", train.label(0));
    return train.label(0);
  }

  private static void draw(Console console, DataSet train, int index, String name) {
    Figure figure = Figure.of(name);
    Images.imshow(figure.subplot(1, 1, 1), train, index, Colormap.GRAY);
    console.plots().show(figure);
  }
}
