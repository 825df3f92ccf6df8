package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.TrainingStep;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A training run of a few steps, with session options. */
final class SmallTraining {
  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(8, 3),
          relu(),
          maxPool(2),
          conv2d(8, 3),
          flatten(),
          dense(10));

  private SmallTraining() {}

  /**
   * Prints the weights after a run with the given numbers of threads.
   *
   * @param args intra-op and inter-op threads
   */
  public static void main(String[] args) {
    SessionOptions options =
        SessionOptions.standard()
            .intraOpThreads(Integer.parseInt(args[0]))
            .interOpThreads(Integer.parseInt(args[1]));
    System.out.println(Arrays.toString(weights(options)));
  }

  /** Reads what {@link #main} prints. */
  static float[] read(String printed) {
    String[] numbers = printed.substring(1, printed.length() - 1).split(", ", -1);
    float[] weights = new float[numbers.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Float.parseFloat(numbers[i]);
    }
    return weights;
  }

  /** Returns the last layer's weights after ten steps. */
  static float[] weights(SessionOptions options) {
    return NativeGraph.openFor(
        SessionSettings.config(options),
        nativeGraph -> {
          try (nativeGraph) {
            return train(nativeGraph);
          }
        });
  }

  private static float[] train(NativeGraph nativeGraph) {
    DataSet images = BundledDigits.read().train();
    Ops tf = nativeGraph.ops();
    Placeholder<TFloat32> inputs =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 28, 28, 1)));
    Placeholder<TFloat32> targets =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 10)));
    Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    NetworkInGraph net = NETWORK.build(tf, "net", 7, Rewrite.all());
    Operand<TFloat32> logits = net.apply(inputs, Mode.TRAINING, step).output();
    TrainingStep training =
        Optimizers.adam(0.01)
            .minimize(
                nativeGraph.graph(),
                Losses.softmaxCrossEntropy().mean(tf, logits, targets),
                net.trainableVariables());
    Session session = nativeGraph.session();
    session.initialize();
    for (int i = 0; i < 10; i++) {
      Batch batch = images.batch(50 * i, 50 * i + 50);
      try (TFloat32 in =
              TFloat32.tensorOf(Shape.of(50, 28, 28, 1), DataBuffers.of(batch.images()));
          TFloat32 target = TFloat32.tensorOf(Shape.of(50, 10), DataBuffers.of(batch.labels()));
          TInt64 at = TInt64.scalarOf(i)) {
        session
            .runner()
            .feed(inputs, in)
            .feed(targets, target)
            .feed(step, at)
            .addTarget(training.op())
            .run()
            .close();
      }
    }
    String last = NETWORK.parameters().get(NETWORK.parameters().size() - 2).name();
    try (Result result = session.runner().fetch(net.variable(last)).run()) {
      float[] weights = new float[Math.toIntExact(result.get(0).shape().size())];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(weights));
      return weights;
    }
  }
}
