package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** ex11_7: one MNIST image through five random filters, two pixels at a time. */
@Command(name = "Ex11_7", description = "an MNIST image through five random filters, stride 2")
public final class Ex11_7 extends Example {
  private static final int IMAGE = 5;
  private static final int FILTERS = 5;
  private static final long SEED = 777;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private MoreOption more = new MoreOption();

  public static void main(String[] args) {
    new Ex11_7().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    DataSets mnist = data.readGrey(console, IMAGE + 1);
    return () -> run(more.on(console), mnist);
  }

  /**
   * Prints and draws as the notebook does.
   *
   * @param mnist grey images; the shapes in the comments are for 28x28
   * @return the five images, {@code [5, 14, 14, 1]}
   */
  public static FloatNdArray run(Console console, DataSets mnist) {
    DataSet train = mnist.train();
    console.print("mnist.train.labels[5] : ", NdArrays.vectorOf(train.oneHot(IMAGE)));

    Shape shape = Shape.of(1, train.height(), train.width(), 1); // [1, 28, 28, 1]
    FloatNdArray img = HeapArrays.array(shape, train.imageFloats(IMAGE));

    // Closed in reverse order: a session must be closed before its graph.
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = // [1, 28, 28, 1]
          tf.placeholder(TFloat32.class, Placeholder.shape(shape));

      Variable<TFloat32> w1 = // [3, 3, 1, 5]
          tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 1, FILTERS), 0.01f, SEED, 0));

      Operand<TFloat32> conv2d = // [1, 28, 28, 1] -> [1, 14, 14, 5]
          tf.nn.conv2d(x, w1, List.of(1L, 2L, 2L, 1L), "SAME");
      Operand<TFloat32> swapped = // np.swapaxes(conv2d, 0, 3): [1, 14, 14, 5] -> [5, 14, 14, 1]
          tf.linalg.transpose(conv2d, tf.constant(new int[] {3, 1, 2, 0}));

      session.initialize();

      try (TFloat32 fed = TFloat32.tensorOf(img);
          Result result = session.runner().feed(x, fed).fetch(conv2d).fetch(swapped).run()) {
        console.print(HeapArrays.copyOf((TFloat32) result.get(0)));

        FloatNdArray images = HeapArrays.copyOf((TFloat32) result.get(1));
        console.print("● After swapping ");
        console.print(images);
        console.print("● conv2d_img.shape : ", images.shape());

        Figure figure = Figure.of("ex11_7");
        int rows = (int) images.shape().get(1); // 14
        int columns = (int) images.shape().get(2); // 14
        for (int i = 0; i < FILTERS; i++) {
          FloatNdArray oneImage = images.get(i); // [14, 14, 1]
          console.print("i: ", i);
          console.printMore("● one_img shape \n", oneImage.shape());
          console.printMore("● one_img \n", oneImage);
          FloatNdArray matrix = oneImage.withShape(Shape.of(rows, columns)); // [14, 14]
          console.printMore("● one_img (" + rows + " x " + columns + ") reshape \n", matrix);
          figure
              .subplot(1, FILTERS, i + 1)
              .imshow(HeapArrays.flatten(oneImage), rows, columns, Colormap.GRAY);
        }
        console.plots().show(figure);
        return images;
      }
    }
  }
}
