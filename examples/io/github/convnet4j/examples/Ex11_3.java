package io.github.convnet4j.examples;

import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;

/** ex11_3: the convolution of ex11_2 with SAME padding: the output has the size of the input. */
@Command(name = "Ex11_3", description = "the same convolution with SAME padding")
public final class Ex11_3 extends Example {

  public static void main(String[] args) {
    new Ex11_3().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints and draws as the notebook does; returns the convolution, {@code [1, 3, 3, 1]}. */
  public static FloatNdArray run(Console console) {
    FloatNdArray image = HeapArrays.array(Shape.of(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);

    console.print("● image.shape", image.shape());
    console.print("image \n ", image);

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // [1, 3, 3, 1]
          tf.placeholder(TFloat32.class, Placeholder.shape(image.shape()));

      Operand<TFloat32> weight = // [2, 2, 1, 1]
          tf.constant(new float[][][][] {{{{1}}, {{1}}}, {{{1}}, {{1}}}});
      console.print("● weight.shape", weight.shape());

      Operand<TFloat32> conv2d = // [1, 3, 3, 1] -> [1, 3, 3, 1]
          tf.nn.conv2d(x, weight, List.of(1L, 1L, 1L, 1L), "SAME");

      try (TFloat32 fed = TFloat32.tensorOf(image);
          Result result = session.runner().feed(x, fed).fetch(conv2d).run()) {
        FloatNdArray conv2dImage = HeapArrays.copyOf((TFloat32) result.get(0));
        console.print("=".repeat(40));
        console.print("● conv2d_img.shape", conv2dImage.shape());
        console.print("conv2d_img \n ", conv2dImage);
        console.print("=".repeat(40));
        console.print("● conv2d_img.reshape(3,3) \n", conv2dImage.withShape(Shape.of(3, 3)));
        console.print("=".repeat(40));

        Figure figure = Figure.of("ex11_3");
        figure.subplot(1, 2, 1).imshow(HeapArrays.flatten(conv2dImage), 3, 3, Colormap.GRAY);
        console.plots().show(figure);
        return conv2dImage;
      }
    }
  }
}
