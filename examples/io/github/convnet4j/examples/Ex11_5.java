package io.github.convnet4j.examples;

import java.util.ArrayList;
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
    List<FloatNdArray> pooled = new ArrayList<>();

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // [1, 2, 2, 1]
          tf.placeholder(TFloat32.class, Placeholder.shape(image.shape()));
      Operand<TInt32> window = tf.constant(new int[] {1, 2, 2, 1});
      Operand<TInt32> stride = tf.constant(new int[] {1, 1, 1, 1});

      for (String padding : List.of("VALID", "SAME")) {
        console.print("image \n", image);
        Operand<TFloat32> pool = // VALID: -> [1, 1, 1, 1], SAME: -> [1, 2, 2, 1]
            tf.nn.maxPool(x, window, stride, padding);
        try (TFloat32 fed = TFloat32.tensorOf(image);
            Result result = session.runner().feed(x, fed).fetch(pool).run()) {
          FloatNdArray poolImage = HeapArrays.copyOf((TFloat32) result.get(0));
          console.print("● pool.shape \n ", poolImage.shape());
          console.print("● pool.eval() \n ", poolImage);
          pooled.add(poolImage);
        }
      }
    }
    return pooled;
  }
}
