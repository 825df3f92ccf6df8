package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.TrainingStep;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * ex11_8: a simple CNN reads handwritten digits: two convolutions, each with ReLU and max pooling,
 * and one dense layer.
 */
@Command(name = "Ex11_8", description = "simple CNN on MNIST: two convolutions, one dense layer")
public final class Ex11_8 extends Example {
  /** Dropout's option is missing here: the network has none. */
  private static final float NO_DROPOUT = 1;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(TrainingSettings.LECTURE);

  public static void main(String[] args) {
    new Ex11_8().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings(NO_DROPOUT);
    DataSets mnist = data.read(console);
    settings.stepsPerEpoch(mnist.train());
    return () -> train(console, mnist, settings);
  }

  /** Trains and tests the network; prints and draws as the notebook does. */
  public static TrainingResult train(Console console, DataSets mnist, TrainingSettings settings) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      LectureNet net = build(graph, mnist.train(), settings);
      return new LectureTraining(console, graph, session, net, settings).run(mnist, "ex11_8");
    }
  }

  /** The network. The shapes in the comments are MNIST's; "?" is the batch size. */
  static LectureNet build(Graph graph, DataSet images, TrainingSettings settings) {
    Ops tf = Ops.create(graph);
    long seed = settings.seed();
    long height = images.height(); // 28
    long width = images.width(); // 28
    long channels = images.channels(); // 1
    int classes = images.classes(); // 10
    List<Long> stride1 = List.of(1L, 1L, 1L, 1L);
    Operand<TInt32> twoByTwo = tf.constant(new int[] {1, 2, 2, 1});

    // X is what goes in, Y what should come out.
    Placeholder<TFloat32> x = // (?, 784)
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, height * width * channels)));
    Operand<TFloat32> xImg = // (?, 784) -> (?, 28, 28, 1)
        tf.reshape(x, tf.constant(new long[] {-1, height, width, channels}));
    Placeholder<TFloat32> y = // (?, 10)
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, classes)));

    // Convolution layer 1: 32 filters.
    Variable<TFloat32> w1 = // (3, 3, 1, 32)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, channels, 32), 0.01f, seed, 0));
    Operand<TFloat32> l1 = tf.nn.conv2d(xImg, w1, stride1, "SAME"); // -> (?, 28, 28, 32)
    l1 = tf.nn.relu(l1); // (?, 28, 28, 32)
    l1 = tf.nn.maxPool(l1, twoByTwo, twoByTwo, "SAME"); // -> (?, 14, 14, 32)

    // Convolution layer 2: 64 filters, each as deep as layer 1 has filters.
    Variable<TFloat32> w2 = // (3, 3, 32, 64)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 32, 64), 0.01f, seed, 1));
    Operand<TFloat32> l2 = tf.nn.conv2d(l1, w2, stride1, "SAME"); // -> (?, 14, 14, 64)
    l2 = tf.nn.relu(l2); // (?, 14, 14, 64)
    l2 = tf.nn.maxPool(l2, twoByTwo, twoByTwo, "SAME"); // -> (?, 7, 7, 64)
    int features = (int) (half(half(height)) * half(half(width)) * 64); // 7 * 7 * 64 = 3136
    Operand<TFloat32> l2Flat = // (?, 7, 7, 64) -> (?, 3136)
        tf.reshape(l2, tf.constant(new int[] {-1, features}));

    // Dense layer: a number for each class.
    Variable<TFloat32> w3 = // (3136, 10)
        tf.variable(LectureOps.xavier(tf, features, classes, seed, 2));
    Variable<TFloat32> b = // (10,)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(classes), 1, seed, 3));
    Operand<TFloat32> logits = // (?, 3136) -> (?, 10)
        tf.math.add(tf.linalg.matMul(l2Flat, w3), b);

    // The cost, and the optimizer that lowers it.
    Operand<TFloat32> cost = // (?, 10) -> (?,) -> ()
        tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
    TrainingStep train =
        Optimizers.adam(settings.learningRate()).minimize(graph, cost, List.of(w1, w2, w3, b));
    return new LectureNet(x, y, Optional.empty(), logits, cost, train);
  }

  /** The side of an image after 2x2 pooling with stride 2 and SAME padding. */
  private static long half(long side) {
    return (side + 1) / 2;
  }
}
