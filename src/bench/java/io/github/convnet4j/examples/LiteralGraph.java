package io.github.convnet4j.examples;

import io.github.convnet4j.bench.play.RawGraph;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The graphs of {@link Ex11_8} and {@link Ex11_9}, operation by operation, without their training
 * loop: a benchmark has its own loop.
 */
final class LiteralGraph {
  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);

  private final Graph graph;
  private final DataSet images;
  private final TrainingSettings settings;
  private final Ops tf;
  private final Operand<TFloat32> keepProbability;
  private final Placeholder<TFloat32> x; // [batch, 784]
  private final Placeholder<TFloat32> y; // [batch, 10]
  private final List<Variable<TFloat32>> variables = new ArrayList<>();
  private long opSeed;

  LiteralGraph(Graph graph, DataSet images, TrainingSettings settings) {
    this.graph = graph;
    this.images = images;
    this.settings = settings;
    this.tf = Ops.create(graph);
    this.keepProbability = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());
    this.x =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, images.pixelsPerImage())));
    this.y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, images.classes())));
  }

  /** Builds the graph of Ex11_8. */
  RawGraph simple() {
    Operand<TFloat32> l = convolution(convolution(image(), 1, 32), 32, 64);
    return trained(dense(flat(l), images.classes()), Optional.empty());
  }

  /** Builds the graph of Ex11_9. */
  RawGraph deep() {
    Operand<TFloat32> l = dropout(convolution(image(), 1, 32));
    l = dropout(convolution(l, 32, 64));
    l = dropout(convolution(l, 64, 128));
    l = dropout(tf.nn.relu(dense(flat(l), 625)));
    return trained(dense(l, images.classes()), Optional.of(keepProbability));
  }

  private Operand<TFloat32> image() {
    return tf.reshape(x, tf.constant(new int[] {-1, images.height(), images.width(), 1}));
  }

  private Operand<TFloat32> convolution(Operand<TFloat32> input, int channels, int filters) {
    Operand<TInt32> twoByTwo = tf.constant(new int[] {1, 2, 2, 1});
    Variable<TFloat32> w = normal(Shape.of(3, 3, channels, filters), 0.01f);
    Operand<TFloat32> relu = tf.nn.relu(tf.nn.conv2d(input, w, STRIDE_1, "SAME"));
    return tf.nn.maxPool(relu, twoByTwo, twoByTwo, "SAME");
  }

  private Operand<TFloat32> dropout(Operand<TFloat32> input) {
    return LectureOps.dropout(tf, input, keepProbability, settings.seed(), opSeed++);
  }

  private Operand<TFloat32> flat(Operand<TFloat32> input) {
    return tf.reshape(input, tf.constant(new long[] {-1, input.shape().tail().size()}));
  }

  private Operand<TFloat32> dense(Operand<TFloat32> input, int outputs) {
    Variable<TFloat32> w =
        tf.variable(
            LectureOps.xavier(tf, input.shape().get(1), outputs, settings.seed(), opSeed++));
    variables.add(w);
    return tf.math.add(tf.linalg.matMul(input, w), normal(Shape.of(outputs), 1));
  }

  private Variable<TFloat32> normal(Shape shape, float stddev) {
    Variable<TFloat32> variable =
        tf.variable(LectureOps.randomNormal(tf, shape, stddev, settings.seed(), opSeed++));
    variables.add(variable);
    return variable;
  }

  private RawGraph trained(Operand<TFloat32> logits, Optional<Operand<TFloat32>> keepProb) {
    Operand<TFloat32> cost =
        tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
    return new RawGraph(
        x,
        y,
        keepProb,
        Optional.empty(),
        logits,
        cost,
        Optimizers.adam(settings.learningRate()).minimize(graph, cost, variables).op());
  }
}
