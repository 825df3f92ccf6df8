package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;

/**
 * The seeds of random operations are numbered in the order in which the Python script creates the
 * operations.
 */
class OpSeedsTest {
  /** The lecture's stateful dropout as a custom layer. */
  private record LectureDropout(float rate) implements Layer {
    @Override
    public String kind() {
      return "lecture_dropout";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      if (context.mode() == Mode.INFERENCE) {
        return input;
      }
      Ops tf = context.tf();
      OpSeed seed = context.nextOpSeed();
      Operand<TFloat32> uniform =
          tf.random.randomUniform(
              tf.shape(input),
              TFloat32.class,
              RandomUniform.seed(seed.graphSeed()),
              RandomUniform.seed2(seed.opSeed()));
      return tf.select(
          tf.math.greaterEqual(uniform, tf.constant(rate)),
          tf.math.div(input, tf.constant(1 - rate)),
          tf.zerosLike(input));
    }
  }

  private static Conv2d convolution(int filters) {
    return conv2d(filters, 3).withoutBias().kernelInitializer(Initializers.normal(0.01));
  }

  @Test
  void seedsFollowTheOrderOfTheDeepNetwork() {
    Layer dropout = new LectureDropout(0.3f);
    Network network =
        Network.of(
            Shape.of(8, 8, 1),
            convolution(2),
            relu(),
            maxPool(2),
            dropout,
            convolution(2),
            dropout,
            flatten(),
            dense(5).biasInitializer(Initializers.normal(1)),
            relu(),
            dropout,
            dense(3).biasInitializer(Initializers.normal(1)));
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      NetworkInGraph net = network.build(tf, "net", 777);
      net.apply(tf.constant(new float[1][8][8][1]), Mode.TRAINING);
      net.apply(tf.constant(new float[1][8][8][1]), Mode.INFERENCE);
      List<String> seeds =
          graph.toGraphDef().getNodeList().stream()
              .filter(node -> node.containsAttr("seed2"))
              .map(
                  node ->
                      "%s %d %d %s"
                          .formatted(
                              node.getOp(),
                              node.getAttrOrThrow("seed").getI(),
                              node.getAttrOrThrow("seed2").getI(),
                              node.getName().replaceAll("/[^/]*$", "")))
              .toList();
      assertEquals(
          List.of(
              "RandomStandardNormal 777 0 net/conv2d",
              "RandomUniform 777 1 net_training/lecture_dropout",
              "RandomStandardNormal 777 2 net/conv2d_1",
              "RandomUniform 777 3 net_training/lecture_dropout_1",
              "RandomUniform 777 4 net/dense",
              "RandomStandardNormal 777 5 net/dense",
              "RandomUniform 777 6 net_training/lecture_dropout_2",
              "RandomUniform 777 7 net/dense_1",
              "RandomStandardNormal 777 8 net/dense_1"),
          seeds);
    }
  }
}
