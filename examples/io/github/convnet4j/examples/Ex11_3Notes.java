package io.github.convnet4j.examples;

import io.github.convnet4j.examples.WindowArithmetic.OutputNumber;
import java.util.List;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import picocli.CommandLine.Command;

/** The notes on ex11_3: the zero padding, and how each output number is computed. */
@Command(
    name = "Ex11_3Notes",
    description = "the notes on Ex11_3: the zero padding, each output number worked out")
public final class Ex11_3Notes extends Example {

  public static void main(String[] args) {
    new Ex11_3Notes().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints the notes, and returns TensorFlow's result, {@code [3, 3]}. */
  public static FloatNdArray run(Console console) {
    float[][] image = StdArrays.array2dCopyOf(WindowArithmetic.IMAGE.withShape(Shape.of(3, 3)));
    float[][] padded = paddedAsSame(image);
    console.print("The image, 3x3:\n" + Grid.draw(image));
    console.print("The filter, 2x2, ones; it moves one pixel at a time (stride 1x1);");
    console.print("padding 'SAME': the output is as large as the image. A 2x2 filter needs one");
    console.print("row and one column more, and TensorFlow puts them at the bottom and the right:");
    console.print(Grid.draw(padded));
    console.print();
    WindowArithmetic.printOutputSize(console, padded.length);
    console.print();
    List<OutputNumber> numbers = WindowArithmetic.of(padded);
    WindowArithmetic.printNumbers(console, numbers);
    console.print();
    FloatNdArray output = WindowArithmetic.byTensorFlow("SAME");
    WindowArithmetic.printTensorFlow(console, "SAME", output);
    return output;
  }

  /** Pads with zeros at the bottom and the right: odd padding has its extra row and column last. */
  private static float[][] paddedAsSame(float[][] image) {
    float[][] padded = new float[image.length + 1][image.length + 1];
    for (int row = 0; row < image.length; row++) {
      System.arraycopy(image[row], 0, padded[row], 0, image.length);
    }
    return padded;
  }
}
