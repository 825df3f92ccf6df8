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
import org.tensorflow.types.TInt32;
import picocli.CommandLine.Command;

/** ex11_2: a 2x2 filter of ones moves over the image, one pixel at a time, without padding. */
@Command(name = "Ex11_2", description = "convolution, one 2x2 filter of ones, VALID padding")
public final class Ex11_2 extends Example {

  public static void main(String[] args) {
    new Ex11_2().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints and draws as the notebook does; returns the convolution, {@code [1, 2, 2, 1]}. */
  public static FloatNdArray run(Console console) {
    FloatNdArray image = HeapArrays.array(Shape.of(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);

    console.print("● image.shape", image.shape());
    console.print("image rank :", image.rank());
    console.print("image", image);

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // [1, 3, 3, 1]
          tf.placeholder(TFloat32.class, Placeholder.shape(image.shape()));

      Operand<TFloat32> weight = // [2, 2, 1, 1]
          tf.constant(new float[][][][] {{{{1}}, {{1}}}, {{{1}}, {{1}}}});
      Operand<TInt32> rank = tf.rank(weight); // []

      Operand<TFloat32> conv2d = // [1, 3, 3, 1] -> [1, 2, 2, 1]
          tf.nn.conv2d(x, weight, List.of(1L, 1L, 1L, 1L), "VALID");

      try (TFloat32 fed = TFloat32.tensorOf(image);
          Result result =
              session.runner().feed(x, fed).fetch(weight).fetch(rank).fetch(conv2d).run()) {
        FloatNdArray weightValue = HeapArrays.copyOf((TFloat32) result.get(0));
        console.print("● weight.shape", weight.shape());
        console.print("weight rank : ", ((TInt32) result.get(1)).getInt());
        console.print("weight (weight.eval()) \n", weightValue);
        console.print("weight (sess.run([weight])) \n", List.of(weightValue));

        FloatNdArray conv2dImage = HeapArrays.copyOf((TFloat32) result.get(2));
        console.print("=".repeat(40));
        console.print("● conv2d_img.shape", conv2dImage.shape());
        console.print("conv2d_img \n ", conv2dImage);
        console.print("=".repeat(40));
        console.print("● conv2d_img.reshape(2,2) \n", conv2dImage.withShape(Shape.of(2, 2)));
        console.print("=".repeat(40));

        Figure figure = Figure.of("ex11_2");
        figure.subplot(1, 2, 1).imshow(HeapArrays.flatten(conv2dImage), 2, 2, Colormap.GRAY);
        console.plots().show(figure);
        return conv2dImage;
      }
    }
  }
}
