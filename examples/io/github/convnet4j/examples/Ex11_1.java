package io.github.convnet4j.examples;

import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;

/** ex11_1: an image as an array of rank 4: its shape, its parts, and its picture. */
@Command(name = "Ex11_1", description = "an image as an array: shape, rank, parts, picture")
public final class Ex11_1 extends Example {

  public static void main(String[] args) {
    new Ex11_1().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints and draws as the notebook does, and returns the image as {@code [3, 3]}. */
  public static FloatNdArray run(Console console) {
    // One image, three rows, three columns, one channel.
    FloatNdArray image = HeapArrays.array(Shape.of(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);

    console.print("image shape : ", image.shape());
    console.print("image rank : ", image.rank());
    console.print("image[0] \n", image.get(0));
    console.print("image[0,1] \n", image.get(0, 1));
    console.print("image[0,1,0] \n", image.get(0, 1, 0));

    FloatNdArray reImage = image.withShape(Shape.of(3, 3)); // [1, 3, 3, 1] -> [3, 3]
    console.print("re_image", reImage);
    console.print("re_image shape : ", reImage.shape());
    console.print("re_image rank : ", reImage.rank());

    Figure figure = Figure.of("ex11_1");
    figure.imshow(HeapArrays.flatten(reImage), 3, 3, Colormap.GREYS);
    console.plots().show(figure);
    return reImage;
  }
}
