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
 * ex11_9: a deep CNN reads handwritten digits: three convolutions, each with ReLU, max pooling and
 * dropout, and two dense layers.
 */
@Command(name = "Ex11_9", description = "deep CNN on MNIST: three convolutions, dropout, two dense")
public final class Ex11_9 extends Example {
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(TrainingSettings.LECTURE);
  @Mixin private DropoutOption dropout = new DropoutOption();

  public static void main(String[] args) {
    new Ex11_9().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings(dropout.keepProbability());
    DataSets mnist = data.read(console);
    settings.stepsPerEpoch(mnist.train());
    return () -> train(console, mnist, settings);
  }

  /** Trains and tests the network; prints and draws as the notebook does. */
  public static TrainingResult train(Console console, DataSets mnist, TrainingSettings settings) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      LectureNet net = build(graph, mnist.train(), settings);
      return new LectureTraining(console, graph, session, net, settings).run(mnist, "ex11_9");
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

    // The share of values that dropout keeps: fed in training, 1 in testing.
    Operand<TFloat32> keepProb = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());

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
    l1 = LectureOps.dropout(tf, l1, keepProb, seed, 1); // (?, 14, 14, 32)

    // Convolution layer 2: 64 filters, each as deep as layer 1 has filters.
    Variable<TFloat32> w2 = // (3, 3, 32, 64)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 32, 64), 0.01f, seed, 2));
    Operand<TFloat32> l2 = tf.nn.conv2d(l1, w2, stride1, "SAME"); // -> (?, 14, 14, 64)
    l2 = tf.nn.relu(l2); // (?, 14, 14, 64)
    l2 = tf.nn.maxPool(l2, twoByTwo, twoByTwo, "SAME"); // -> (?, 7, 7, 64)
    l2 = LectureOps.dropout(tf, l2, keepProb, seed, 3); // (?, 7, 7, 64)

    // Convolution layer 3: 128 filters, each as deep as layer 2 has filters.
    Variable<TFloat32> w3 = // (3, 3, 64, 128)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(3, 3, 64, 128), 0.01f, seed, 4));
    Operand<TFloat32> l3 = tf.nn.conv2d(l2, w3, stride1, "SAME"); // -> (?, 7, 7, 128)
    l3 = tf.nn.relu(l3); // (?, 7, 7, 128)
    l3 = tf.nn.maxPool(l3, twoByTwo, twoByTwo, "SAME"); // -> (?, 4, 4, 128)
    l3 = LectureOps.dropout(tf, l3, keepProb, seed, 5); // (?, 4, 4, 128)
    int features = // 4 * 4 * 128 = 2048
        (int) (half(half(half(height))) * half(half(half(width))) * 128);
    Operand<TFloat32> l3Flat = // (?, 4, 4, 128) -> (?, 2048)
        tf.reshape(l3, tf.constant(new int[] {-1, features}));

    // Dense layer 4.
    Variable<TFloat32> w4 = // (2048, 625)
        tf.variable(LectureOps.xavier(tf, features, 625, seed, 6));
    Variable<TFloat32> b4 = // (625,)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(625), 1, seed, 7));
    Operand<TFloat32> l4 = // (?, 2048) -> (?, 625)
        tf.nn.relu(tf.math.add(tf.linalg.matMul(l3Flat, w4), b4));
    l4 = LectureOps.dropout(tf, l4, keepProb, seed, 8); // (?, 625)

    // Dense layer 5: a number for each class.
    Variable<TFloat32> w5 = // (625, 10)
        tf.variable(LectureOps.xavier(tf, 625, classes, seed, 9));
    Variable<TFloat32> b5 = // (10,)
        tf.variable(LectureOps.randomNormal(tf, Shape.of(classes), 1, seed, 10));
    Operand<TFloat32> logits = // (?, 625) -> (?, 10)
        tf.math.add(tf.linalg.matMul(l4, w5), b5);

    // The cost, and the optimizer that lowers it.
    Operand<TFloat32> cost = // (?, 10) -> (?,) -> ()
        tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
    TrainingStep train =
        Optimizers.adam(settings.learningRate())
            .minimize(graph, cost, List.of(w1, w2, w3, w4, b4, w5, b5));
    return new LectureNet(x, y, Optional.of(keepProb), logits, cost, train);
  }

  /** The side of an image after 2x2 pooling with stride 2 and SAME padding. */
  private static long half(long side) {
    return (side + 1) / 2;
  }
}
