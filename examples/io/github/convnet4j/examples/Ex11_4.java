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
import picocli.CommandLine.Mixin;

/** ex11_4: three filters, of ones, tens and minus ones, turn one image into three. */
@Command(name = "Ex11_4", description = "three filters give three images")
public final class Ex11_4 extends Example {
  private static final int FILTERS = 3;

  @Mixin private MoreOption more = new MoreOption();

  public static void main(String[] args) {
    new Ex11_4().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> run(more.on(console));
  }

  /** Prints and draws as the notebook does; returns the three images, {@code [3, 3, 3, 1]}. */
  public static FloatNdArray run(Console console) {
    FloatNdArray image = HeapArrays.array(Shape.of(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);

    console.print("image.shape", image.shape());
    console.print("image\n", image);

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // [1, 3, 3, 1]
          tf.placeholder(TFloat32.class, Placeholder.shape(image.shape()));

      Operand<TFloat32> weight = // [2, 2, 1, 3]
          tf.constant(
              new float[][][][] {
                {{{1, 10, -1}}, {{1, 10, -1}}},
                {{{1, 10, -1}}, {{1, 10, -1}}}
              });
      console.print("weight.shape", weight.shape());

      Operand<TFloat32> conv2d = // [1, 3, 3, 1] -> [1, 3, 3, 3]
          tf.nn.conv2d(x, weight, List.of(1L, 1L, 1L, 1L), "SAME");
      Operand<TFloat32> swapped = // np.swapaxes(conv2d, 0, 3): [1, 3, 3, 3] -> [3, 3, 3, 1]
          tf.linalg.transpose(conv2d, tf.constant(new int[] {3, 1, 2, 0}));

      try (TFloat32 fed = TFloat32.tensorOf(image);
          Result result =
              session.runner().feed(x, fed).fetch(weight).fetch(conv2d).fetch(swapped).run()) {
        FloatNdArray weights = HeapArrays.copyOf((TFloat32) result.get(0));
        console.printMore("weight\n", weights);
        for (int row = 0; row < 2; row++) {
          console.printMore("weight[" + row + "]\n", weights.get(row)); // [2, 1, 3]
          for (int column = 0; column < 2; column++) {
            String part = "weight[" + row + "," + column; // weight[0,0] and weight[0,0,0] first
            console.printMore(part + "]\n", weights.get(row, column)); // [1, 3]
            console.printMore(part + ",0]\n", weights.get(row, column, 0)); // [3]
          }
        }

        FloatNdArray conv2dImage = HeapArrays.copyOf((TFloat32) result.get(1));
        console.print("conv2d_img.shape", conv2dImage.shape());
        console.print("● conv2d_img\n", conv2dImage);

        FloatNdArray images = HeapArrays.copyOf((TFloat32) result.get(2));
        console.print("● swap -> conv2d_img\n", images);

        Figure figure = Figure.of("ex11_4");
        for (int i = 0; i < FILTERS; i++) {
          FloatNdArray oneImage = images.get(i); // [3, 3, 1]
          console.print("=".repeat(10), " i : ", i, "=".repeat(10));
          console.print("● one_img shape\n", oneImage.shape());
          console.print("● one_img\n", oneImage);
          console.print("● one_img (3 x 3) reshape\n", oneImage.withShape(Shape.of(3, 3)));
          figure
              .subplot(1, FILTERS, i + 1)
              .imshow(HeapArrays.flatten(oneImage), 3, 3, Colormap.GRAY);
        }
        console.plots().show(figure);
        return images;
      }
    }
  }
}
