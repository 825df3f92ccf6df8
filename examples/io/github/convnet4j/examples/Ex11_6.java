package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
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
    DataSets mnist = data.readGrey(console, ANOTHER_IMAGE + 1);
    return () -> run(console, mnist);
  }

  /** Prints and draws as the notebook does, and returns the first training image's label. */
  public static int run(Console console, DataSets mnist) {
    DataSet train = mnist.train();
    console.print("mnist.train.labels[0] : ", NdArrays.vectorOf(train.oneHot(0)));

    Figure figure = Figure.of("ex11_6");
    figure.imshow(train.imageFloats(0), train.height(), train.width(), Colormap.GRAY);
    console.plots().show(figure);

    Figure another = Figure.of("ex11_6_" + ANOTHER_IMAGE);
    another.imshow(train.imageFloats(ANOTHER_IMAGE), train.height(), train.width(), Colormap.GRAY);
    console.plots().show(another);

    console.print("mnist.train.labels[0] : ", train.label(0)); // read with one_hot=False
    return train.label(0);
  }
}
