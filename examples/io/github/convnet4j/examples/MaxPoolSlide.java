package io.github.convnet4j.examples;

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

/** The slide on max pooling: each 2x2 block of a depth slice is reduced to its largest number. */
@Command(name = "MaxPoolSlide", description = "the slide: max pooling of a 4x4 depth slice")
public final class MaxPoolSlide extends Example {

  public static void main(String[] args) {
    new MaxPoolSlide().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(console);
  }

  /** Prints the slice before and after pooling, and returns the pooled slice, {@code [2, 2]}. */
  public static FloatNdArray run(Console console) {
    FloatNdArray slice =
        HeapArrays.array(Shape.of(4, 4), 1, 1, 2, 4, 5, 6, 7, 8, 3, 2, 1, 0, 1, 2, 3, 4);
    console.print("single depth slice \n", slice);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, 4, 4, 1)));
      Operand<TFloat32> pool = // [1, 4, 4, 1] -> [1, 2, 2, 1]
          tf.nn.maxPool(
              x, tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
      try (TFloat32 fed = TFloat32.tensorOf(slice.withShape(Shape.of(1, 4, 4, 1)));
          Result result = session.runner().feed(x, fed).fetch(pool).run()) {
        FloatNdArray pooled = HeapArrays.copyOf((TFloat32) result.get(0)).withShape(Shape.of(2, 2));
        console.print("max pool with 2x2 filters and stride 2 \n", pooled);
        return pooled;
      }
    }
  }
}
