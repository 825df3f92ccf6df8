package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The penalty on weights. */
class RegularizationTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Network network = Network.of(Shape.of(2), dense(3), relu(), dense(2));
  private final Operand<TFloat32> input = tf.constant(new float[][] {{1, 2}, {3, -4}});

  @AfterEach
  void close() {
    graph.close();
  }

  private float[] value(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values));
      return values;
    }
  }

  @Test
  void penaltyIsTheFactorTimesTheSumOfSquares() {
    Network penalized =
        Network.of(
            Shape.of(2),
            dense(2).l2(0.5).kernelInitializer(Initializers.constant(3)),
            dense(1).l2(0.25).kernelInitializer(Initializers.constant(2)));
    Operand<TFloat32> loss =
        penalized.build(tf, "net", 1).apply(input, Mode.TRAINING).regularizationLoss();
    Operand<TFloat32> withoutFrozen =
        penalized
            .freeze("dense")
            .build(tf, "frozen", 1)
            .apply(input, Mode.TRAINING)
            .regularizationLoss();
    Operand<TFloat32> none =
        network.build(tf, "none", 1).apply(input, Mode.TRAINING).regularizationLoss();
    try (Session session = new Session(graph)) {
      // Four weights of 3 and two of 2; biases are not penalized.
      assertArrayEquals(new float[] {0.5f * 4 * 9 + 0.25f * 2 * 4}, value(session, loss));
      assertArrayEquals(new float[] {0.25f * 2 * 4}, value(session, withoutFrozen));
      assertArrayEquals(new float[] {0}, value(session, none));
    }
  }

  @Test
  void gradientOfThePenaltyIsTwiceTheFactorTimesTheWeight() {
    Network penalized =
        Network.of(Shape.of(2), dense(1).l2(0.5).kernelInitializer(Initializers.constant(3)));
    NetworkInGraph net = penalized.build(tf, "net", 1);
    Applied applied = net.apply(input, Mode.TRAINING);
    Operand<TFloat32> gradient =
        graph
            .addGradients(
                applied.regularizationLoss().asOutput(),
                new Output<?>[] {net.variable("dense/kernel").asOutput()})[0]
            .expect(TFloat32.class);
    try (Session session = new Session(graph)) {
      assertArrayEquals(new float[] {2 * 0.5f * 3, 2 * 0.5f * 3}, value(session, gradient));
    }
  }
}
