package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.GradientDescent;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network trained in a graph of one's own: own preparation of the images, own loss with a trained
 * temperature, framework's optimizer, no Classifier.
 */
class HandWrittenLoopTest {
  private static final int BATCH = 16;
  private static final Network NETWORK =
      Network.of(
          Shape.of(8, 8, 1),
          conv2d(4, 3).l2(1e-3f),
          batchNorm().momentum(0.9f),
          relu(),
          residual(conv2d(8, 3).stride(2), relu()),
          dropout(0.2f),
          maxPool(2),
          flatten(),
          dense(2));

  /** Bars, noisy grey values from 0 to 255: lying ones are class 0, standing ones class 1. */
  private static float[][] bars(int n, long seed) {
    Random random = new Random(seed);
    float[] images = new float[n * 64];
    float[] oneHot = new float[n * 2];
    for (int i = 0; i < n; i++) {
      int bar = random.nextInt(8);
      for (int p = 0; p < 64; p++) {
        boolean on = (i % 2 == 0 ? p / 8 : p % 8) == bar;
        images[64 * i + p] = (on ? 200 : 0) + random.nextInt(56);
      }
      oneHot[2 * i + i % 2] = 1;
    }
    return new float[][] {images, oneHot};
  }

  /** Losses of the first and the last step, and the share of unseen images told rightly. */
  private record Outcome(float firstLoss, float lastLoss, double accuracy) {}

  private static Outcome train(Network network, int steps, List<float[]> firstKernel) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> pixels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8, 8, 1)));
      Placeholder<TFloat32> labels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      Operand<TFloat32> images = tf.math.mul(pixels, tf.constant(1 / 255f));

      NetworkInGraph net = network.build(tf, "net", 777);
      Applied training = net.apply(images, Mode.TRAINING, step);
      Operand<TFloat32> logits = net.apply(images, Mode.INFERENCE).output();

      Variable<TFloat32> temperature = tf.withName("temperature").variable(tf.constant(1f));
      Operand<TFloat32> crossEntropy =
          tf.nn
              .softmaxCrossEntropyWithLogits(tf.math.mul(training.output(), temperature), labels)
              .loss();
      Operand<TFloat32> loss =
          tf.math.add(tf.math.mean(crossEntropy, tf.constant(0)), training.regularizationLoss());

      List<Variable<TFloat32>> trained = new ArrayList<>(net.trainableVariables());
      trained.add(temperature);
      Op minimize = minimize(graph, loss, trained);

      float[][] data = bars(BATCH, 1);
      float[][] unseen = bars(100, 2);
      try (Session session = new Session(graph)) {
        float first = 0;
        float last = 0;
        for (int i = 0; i < steps; i++) {
          last = step(session, pixels, labels, step, data, i, loss, minimize, training.updates());
          first = i == 0 ? last : first;
        }
        try (Result result = session.runner().fetch(net.variables().get(0)).run()) {
          firstKernel.add(floats((TFloat32) result.get(0)));
        }
        try (TFloat32 x = tensor(Shape.of(100, 8, 8, 1), unseen[0]);
            Result result = session.runner().feed(pixels, x).fetch(logits).run()) {
          return new Outcome(first, last, accuracy(floats((TFloat32) result.get(0))));
        }
      }
    }
  }

  private static Op minimize(
      Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    Output<?>[] gradients =
        graph.addGradients(
            loss.asOutput(), variables.stream().map(Variable::asOutput).toArray(Output<?>[]::new));
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      pairs.add(new GradAndVar<>(gradients[i].expect(TFloat32.class), variables.get(i).asOutput()));
    }
    return new GradientDescent(graph, 0.1f).applyGradients(pairs, "train");
  }

  private static float step(
      Session session,
      Operand<TFloat32> pixels,
      Operand<TFloat32> labels,
      Operand<TInt64> step,
      float[][] data,
      int now,
      Operand<TFloat32> loss,
      Op minimize,
      List<Op> updates) {
    try (TFloat32 x = tensor(Shape.of(BATCH, 8, 8, 1), data[0]);
        TFloat32 y = tensor(Shape.of(BATCH, 2), data[1]);
        TInt64 at = TInt64.scalarOf(now)) {
      Session.Runner runner =
          session.runner().feed(pixels, x).feed(labels, y).feed(step, at).fetch(loss);
      runner.addTarget(minimize);
      updates.forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private static double accuracy(float[] logits) {
    int right = 0;
    for (int i = 0; i < logits.length / 2; i++) {
      right += (logits[2 * i] > logits[2 * i + 1]) == (i % 2 == 0) ? 1 : 0;
    }
    return 2.0 * right / logits.length;
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values));
    return values;
  }

  @Test
  void learnsAndRepeatsItselfToTheBit() {
    List<float[]> kernels = new ArrayList<>();
    Outcome outcome = train(NETWORK, 60, kernels);
    assertTrue(outcome.lastLoss() < outcome.firstLoss() / 4, outcome::toString);
    assertTrue(outcome.accuracy() > 0.9, outcome::toString);
    assertEquals(outcome, train(NETWORK, 60, kernels));
  }

  @Test
  void frozenLayersStayAsTheyWere() {
    List<float[]> kernels = new ArrayList<>();
    Network frozen = NETWORK.freeze("conv2d");
    train(frozen, 0, kernels);
    train(frozen, 3, kernels);
    train(NETWORK, 3, kernels);
    assertEquals(boxed(kernels.get(0)), boxed(kernels.get(1)));
    assertNotEquals(boxed(kernels.get(0)), boxed(kernels.get(2)));
  }

  private static List<Float> boxed(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
