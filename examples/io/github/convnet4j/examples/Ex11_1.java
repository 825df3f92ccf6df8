package io.github.convnet4j.examples;

import io.github.convnet4j.plot.Colormap;
import io.github.convnet4j.plot.Figure;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;

/** ex11_1: an image is an array of rank 4; its shape, its parts, and the picture it makes. */
@Command(name = "Ex11_1", description = "an image as an array: shape, rank, parts, picture")
public final class Ex11_1 extends Example {

  public static void main(String[] args) {
    new Ex11_1().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> show(console);
  }

  /** Prints and draws as the notebook does, and returns the image as 3x3. */
  public static FloatNdArray show(Console console) {
    FloatNdArray image = SmallImage.array();
    console.print("image shape : ", image.shape());
    console.print("image rank : ", image.rank());
    console.print("image[0] \n", image.get(0));
    console.print("image[0,1] \n", image.get(0, 1));
    console.print("image[0,1,0] \n", image.get(0, 1, 0));

    FloatNdArray reImage = image.withShape(Shape.of(3, 3));
    console.print("re_image", reImage);
    console.print("re_image shape : ", reImage.shape());
    console.print("re_image rank : ", reImage.rank());

    Figure figure = Figure.of("ex11_1");
    figure.imshow(HeapArrays.flatten(reImage), 3, 3, Colormap.GREYS);
    console.plots().show(figure);
    return reImage;
  }
}
