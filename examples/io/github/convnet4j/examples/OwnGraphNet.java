package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropoutKeeping;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A handwritten graph with a network of the model builder in the middle. The images are
 * standardized before it; after it, its features are compared with one direction for each class.
 *
 * @param pixels {@code [batch, height, width, channels]}, values from 0 to 1
 * @param labels one-hot, {@code [batch, classes]}
 * @param step a scalar that differs in each training step: dropout derives its mask from it
 * @param loss a scalar, which training minimizes
 * @param trainable the variables to train; the loss depends on all of them
 * @param updates what must run in each training step in addition to the optimizer
 * @param trainingHits a scalar, the number of correctly classified training images so far
 * @param hits a scalar, the number of correctly classified images of a batch in inference
 */
record OwnGraphNet(
    Placeholder<TFloat32> pixels,
    Placeholder<TFloat32> labels,
    Placeholder<TInt64> step,
    Operand<TFloat32> loss,
    List<Variable<TFloat32>> trainable,
    List<Op> updates,
    Variable<TFloat32> trainingHits,
    Operand<TFloat32> hits) {

  private static final int FEATURES = 64;

  /** The op seed of the directions; the network's random operations have op seeds 0, 1, 2, …. */
  private static final long DIRECTIONS_SEED = 1000;

  /** Prevents a division by zero. */
  private static final float EPSILON = 1e-6f;

  /** The network ends in features, not in classes; the head below adds the classes. */
  static Network network(Shape image, float keepProbability) {
    return Network.of( // shapes for an image of 28x28
        image,
        conv2d(16, 3).withoutBias(), // [28, 28, 1] -> [28, 28, 16]
        batchNorm(),
        relu(),
        maxPool(2), // -> [14, 14, 16]
        residual(conv2d(32, 3).stride(2).withoutBias(), batchNorm()),
        relu(), // [7, 7, 32]
        flatten(), // -> [1568]
        dropoutKeeping(keepProbability),
        dense(FEATURES).l2(1e-4)); // -> [64]
  }

  /** Builds everything except the optimizer in an empty graph. "?" is the batch size. */
  static OwnGraphNet build(Graph graph, DataSet images, TrainingSettings settings) {
    Ops tf = Ops.create(graph);
    int classes = images.classes();
    Shape image = Shape.of(images.height(), images.width(), images.channels());

    Placeholder<TFloat32> pixels = // (?, 28, 28, 1)
        tf.placeholder(TFloat32.class, Placeholder.shape(image.prepend(Shape.UNKNOWN_SIZE)));
    Placeholder<TFloat32> labels = // (?, 10)
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, classes)));
    Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));

    // The network is applied twice, to plain operands. Both applications share one set of
    // variables, which the first one creates; a second network.build would create a second set.
    Operand<TFloat32> standardized = standardize(tf.withSubScope("standardize"), pixels);
    NetworkInGraph net =
        network(image, settings.keepProbability()).build(tf, "net", settings.seed());
    Applied training = net.apply(standardized, Mode.TRAINING, step);
    Applied inference = net.apply(standardized, Mode.INFERENCE);

    // The head consists of plain operations and of variables that the network does not know.
    Variable<TFloat32> directions = // (64, 10)
        tf.withName("directions")
            .variable(normal(tf, Shape.of(FEATURES, classes), settings.seed()));
    Variable<TFloat32> sharpness = tf.withName("sharpness").variable(tf.constant(10f));
    Operand<TFloat32> trainingLogits = // (?, 64) -> (?, 10)
        cosines(tf, training.output(), directions, sharpness);
    Operand<TFloat32> logits = cosines(tf, inference.output(), directions, sharpness);

    // The network's L2 penalties are a separate loss: without adding it there are no penalties.
    Operand<TFloat32> crossEntropy = // (?, 10) -> (?,) -> ()
        tf.math.mean(
            tf.nn.softmaxCrossEntropyWithLogits(trainingLogits, labels).loss(), tf.constant(0));
    Operand<TFloat32> loss = tf.math.add(crossEntropy, training.regularizationLoss());

    List<Variable<TFloat32>> trainable = new ArrayList<>(net.trainableVariables());
    trainable.add(directions);
    trainable.add(sharpness);

    // A metric that counts in the graph. The loss does not depend on its variable, nor on the
    // moving statistics of batch normalization.
    Variable<TFloat32> trainingHits = tf.withName("training_hits").variable(tf.constant(0f));
    List<Op> updates = new ArrayList<>(training.updates());
    updates.add(tf.assignAdd(trainingHits, hits(tf, trainingLogits, labels)));

    Operand<TFloat32> hits = hits(tf, logits, labels);
    return new OwnGraphNet(pixels, labels, step, loss, trainable, updates, trainingHits, hits);
  }

  /** Scales each image to mean 0 and variance 1, which removes differences in lighting. */
  private static Operand<TFloat32> standardize(Ops tf, Operand<TFloat32> pixels) {
    Operand<TInt32> axes = tf.array(1, 2, 3);
    Operand<TFloat32> mean = tf.math.mean(pixels, axes, Mean.keepDims(true)); // (?, 1, 1, 1)
    Operand<TFloat32> centered = tf.math.sub(pixels, mean);
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(centered), axes, Mean.keepDims(true)); // (?, 1, 1, 1)
    return tf.math.mul(centered, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
  }

  /** Returns the cosine between the features and each class's direction, times the sharpness. */
  private static Operand<TFloat32> cosines(
      Ops tf,
      Operand<TFloat32> features,
      Variable<TFloat32> directions,
      Variable<TFloat32> sharpness) {
    // The identity is necessary: unit() squares its argument, and TensorFlow's gradient of the
    // square of a variable crashes the JVM.
    Operand<TFloat32> cosine =
        tf.linalg.matMul(unit(tf, features, 1), unit(tf, tf.identity(directions), 0));
    return tf.math.mul(cosine, sharpness);
  }

  /** Scales the vectors along an axis to length 1. */
  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> vectors, int axis) {
    Operand<TFloat32> squares =
        tf.sum(tf.math.square(vectors), tf.constant(axis), Sum.keepDims(true));
    return tf.math.mul(vectors, tf.math.rsqrt(tf.math.add(squares, tf.constant(EPSILON))));
  }

  private static Operand<TFloat32> hits(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
    Operand<TInt64> predicted = tf.math.argMax(logits, tf.constant(1)); // (?,)
    Operand<TInt64> expected = tf.math.argMax(labels, tf.constant(1)); // (?,)
    return tf.sum(
        tf.dtypes.cast(tf.math.equal(predicted, expected), TFloat32.class), tf.constant(0));
  }

  /** Draws from a normal distribution; the same two seeds give the same numbers. */
  private static Operand<TFloat32> normal(Ops tf, Shape shape, long seed) {
    return tf.random.randomStandardNormal(
        tf.constant(shape),
        TFloat32.class,
        RandomStandardNormal.seed(seed),
        RandomStandardNormal.seed2(DIRECTIONS_SEED));
  }
}
