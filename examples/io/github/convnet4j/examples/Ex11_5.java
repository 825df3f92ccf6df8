package io.github.convnet4j.examples;

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

/** ex11_5: max pooling of a 2x2 image, first without padding, then with SAME padding. */
@Command(name = "Ex11_5", description = "max pooling, VALID and SAME")
public final class Ex11_5 extends Example {

  public static void main(String[] args) {
    new Ex11_5().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints as the notebook does, and returns both pooled images, VALID first. */
  public static List<FloatNdArray> run(Console console) {
    FloatNdArray image = HeapArrays.array(Shape.of(1, 2, 2, 1), 4, 3, 2, 1);

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // [1, 2, 2, 1]
          tf.placeholder(TFloat32.class, Placeholder.shape(image.shape()));
      Operand<TInt32> window = tf.constant(new int[] {1, 2, 2, 1});
      Operand<TInt32> stride = tf.constant(new int[] {1, 1, 1, 1});

      console.print("image \n", image);
      Operand<TFloat32> pool = // [1, 2, 2, 1] -> [1, 1, 1, 1]
          tf.nn.maxPool(x, window, stride, "VALID");
      FloatNdArray poolImage = eval(session, x, image, pool);
      console.print("● pool.shape \n ", poolImage.shape());
      console.print("● pool.eval() \n ", poolImage);

      console.print("image \n", image);
      Operand<TFloat32> samePool = // [1, 2, 2, 1] -> [1, 2, 2, 1]
          tf.nn.maxPool(x, window, stride, "SAME");
      FloatNdArray samePoolImage = eval(session, x, image, samePool);
      console.print("● pool.shape \n ", samePoolImage.shape());
      console.print("● pool.eval() \n ", samePoolImage);
      return List.of(poolImage, samePoolImage);
    }
  }

  /** Computes an operand for this image. */
  private static FloatNdArray eval(
      Session session, Operand<TFloat32> x, FloatNdArray image, Operand<TFloat32> operand) {
    try (TFloat32 fed = TFloat32.tensorOf(image);
        Result result = session.runner().feed(x, fed).fetch(operand).run()) {
      return HeapArrays.copyOf((TFloat32) result.get(0));
    }
  }
}
