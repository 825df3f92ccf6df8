package io.github.convnet4j.examples;

import io.github.convnet4j.examples.WindowArithmetic.OutputNumber;
import java.util.List;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import picocli.CommandLine.Command;

/** The notes on ex11_2: how each number of the convolution without padding is computed. */
@Command(name = "Ex11_2Notes", description = "the notes on Ex11_2: each output number worked out")
public final class Ex11_2Notes extends Example {

  public static void main(String[] args) {
    new Ex11_2Notes().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints the notes, and returns TensorFlow's result, {@code [2, 2]}. */
  public static FloatNdArray run(Console console) {
    FloatNdArray image = WindowArithmetic.IMAGE.withShape(Shape.of(3, 3));
    console.print("The image, 3x3:\n" + Grid.draw(StdArrays.array2dCopyOf(image)));
    console.print("The filter, 2x2, ones; it moves one pixel at a time (stride 1x1);");
    console.print("padding 'VALID': the filter never leaves the image.");
    console.print();
    WindowArithmetic.printOutputSize(console, 3);
    console.print();
    List<OutputNumber> numbers = WindowArithmetic.of(StdArrays.array2dCopyOf(image));
    WindowArithmetic.printNumbers(console, numbers);
    console.print();
    FloatNdArray output = WindowArithmetic.byTensorFlow("VALID");
    WindowArithmetic.printTensorFlow(console, "VALID", output);
    return output;
  }
}
