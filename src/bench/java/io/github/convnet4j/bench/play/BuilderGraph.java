package io.github.convnet4j.bench.play;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Builds a graph like the one that {@code Model} builds for a network of the builder. */
public final class BuilderGraph {
  private BuilderGraph() {}

  /**
   * Adds the operations to a graph.
   *
   * @param images what the network is to be trained on
   */
  public static RawGraph of(Graph graph, Network network, DataSet images) {
    Ops tf = Ops.create(graph);
    Shape image = Shape.of(images.height(), images.width(), images.channels());
    Placeholder<TFloat32> inputs =
        tf.placeholder(TFloat32.class, Placeholder.shape(image.prepend(Shape.UNKNOWN_SIZE)));
    Placeholder<TFloat32> labels =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, images.classes())));
    Placeholder<TInt64> number = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    NetworkInGraph net = network.build(tf, "net", LectureNets.seed());
    Applied training = net.apply(inputs, Mode.TRAINING, number);
    Operand<TFloat32> cost =
        tf.math.mean(
            tf.nn.softmaxCrossEntropyWithLogits(training.output(), labels).loss(), tf.constant(0));
    return new RawGraph(
        inputs,
        labels,
        Optional.empty(),
        Optional.of(number),
        net.apply(inputs, Mode.INFERENCE).output(),
        cost,
        Optimizers.adam(LectureNets.learningRate())
            .minimize(graph, cost, List.copyOf(net.trainableVariables()))
            .op());
  }
}
