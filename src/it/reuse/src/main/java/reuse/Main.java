package reuse;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.TrainingStep;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Trains a network on the digits in convnet4j's jar; fails if that, or the class path, is wrong.
 */
public final class Main {
  private static final int EPOCHS = 5;
  private static final int BATCH_SIZE = 50;

  private Main() {}

  public static void main(String[] args) {
    // What is the repository's alone must not come with the jar.
    for (String absent :
        new String[] {
          "io.github.convnet4j.examples.Examples",
          "io.github.convnet4j.ArchitectureTest",
          "picocli.CommandLine",
          "me.tongfei.progressbar.ProgressBar",
          "org.junit.jupiter.api.Test"
        }) {
      require(!isLoadable(absent), absent + " is on the class path");
      System.out.println("not on the class path, as it should be: " + absent);
    }

    DataSets digits = DataSets.digits();
    System.out.println(digits.summary());
    Network network =
        Network.of(Shape.of(28, 28, 1), conv2d(16, 3), relu(), maxPool(2), flatten(), dense(10));
    System.out.println(network.summary());
    require(Network.fromJson(network.toJson()).equals(network), "JSON changed the network");

    double accuracy = accuracyAfterTraining(network, digits);
    System.out.println("test accuracy: " + accuracy);
    require(accuracy > 0.85, "the network did not learn");
  }

  private static double accuracyAfterTraining(Network network, DataSets digits) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 28, 28, 1)));
      Placeholder<TFloat32> labels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 10)));
      NetworkInGraph net = network.build(tf, "net", 777);
      Operand<TFloat32> logits = net.apply(images, Mode.TRAINING).output();
      Operand<TFloat32> loss =
          tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
      TrainingStep step = Optimizers.adam(0.003f).minimize(graph, loss, net.trainableVariables());
      Operand<TInt64> classes =
          tf.math.argMax(net.apply(images, Mode.INFERENCE).output(), tf.constant(1));
      session.initialize();

      Batches batches = digits.train().batches(777);
      for (int i = 0; i < EPOCHS * digits.train().size() / BATCH_SIZE; i++) {
        Batch batch = batches.nextBatch(BATCH_SIZE);
        try (TFloat32 x = tensor(Shape.of(batch.size(), 28, 28, 1), batch.images());
            TFloat32 y = tensor(Shape.of(batch.size(), 10), batch.labels())) {
          session.runner().feed(images, x).feed(labels, y).addTarget(step.op()).run().close();
        }
      }

      Batch test = digits.test().batch(0, digits.test().size());
      try (TFloat32 x = tensor(Shape.of(test.size(), 28, 28, 1), test.images());
          Result result = session.runner().feed(images, x).fetch(classes).run()) {
        TInt64 predicted = (TInt64) result.get(0);
        int correct = 0;
        for (int i = 0; i < test.size(); i++) {
          correct += predicted.getLong(i) == test.classLabels()[i] ? 1 : 0;
        }
        return (double) correct / test.size();
      }
    }
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  private static boolean isLoadable(String name) {
    try {
      Class.forName(name, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
