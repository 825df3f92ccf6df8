package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A model's costs equal those of the same network written by hand, step by step. */
class HandWrittenTwinTest {
  private static final int SEED = 777;
  private static final int BATCH = 50;
  private static final int STEPS = 8;

  /** Four batches per epoch. */
  private static final DataSet IMAGES = BundledDigits.read().train().subset(0, 4 * BATCH);

  @Test
  void costsAreEqualBitForBit() {
    List<Double> costs = new ArrayList<>();
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(8, 3).withoutBias().kernelInitializer(Initializers.normal(0.1)),
            relu(),
            maxPool(4),
            flatten(),
            dense(10)
                .kernelInitializer(Initializers.normal(0.05))
                .biasInitializer(Initializers.normal(1)));
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), adam(0.01), ModelOptions.seed(SEED))) {
      model.fit(
          IMAGES,
          FitOptions.epochs(STEPS * BATCH / IMAGES.size()).batchSize(BATCH),
          new TrainingListener() {
            @Override
            public void batchEnd(Training training, BatchResult result) {
              costs.add(result.cost());
            }
          });
    }
    assertEquals(byHand(), costs);
  }

  private static Variable<TFloat32> normal(Ops tf, Shape shape, float stddev, int opSeed) {
    Operand<TFloat32> normal =
        tf.random.randomStandardNormal(
            tf.constant(shape),
            TFloat32.class,
            RandomStandardNormal.seed((long) SEED),
            RandomStandardNormal.seed2((long) opSeed));
    return tf.variable(tf.math.mul(normal, tf.constant(stddev)));
  }

  private static List<Double> byHand() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 28, 28, 1)));
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 10)));
      Variable<TFloat32> kernel = normal(tf, Shape.of(3, 3, 1, 8), 0.1f, 0);
      Variable<TFloat32> weight = normal(tf, Shape.of(7 * 7 * 8, 10), 0.05f, 1);
      Variable<TFloat32> bias = normal(tf, Shape.of(10), 1, 2);
      Operand<TInt32> window = tf.constant(new int[] {1, 4, 4, 1});
      Operand<TFloat32> convolved =
          tf.nn.relu(tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME"));
      Operand<TFloat32> pooled = tf.nn.maxPool(convolved, window, window, "SAME");
      Operand<TFloat32> flat = tf.reshape(pooled, tf.constant(new int[] {-1, 7 * 7 * 8}));
      Operand<TFloat32> logits = tf.math.add(tf.linalg.matMul(flat, weight), bias);
      Operand<TFloat32> cost =
          tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, y).loss(), tf.constant(0));
      TrainingStep step = adam(0.01).minimize(graph, cost, List.of(kernel, weight, bias));
      return train(graph, x, y, cost, step);
    }
  }

  private static List<Double> train(
      Graph graph,
      Operand<TFloat32> x,
      Operand<TFloat32> y,
      Operand<TFloat32> cost,
      TrainingStep step) {
    List<Double> costs = new ArrayList<>();
    try (Session session = new Session(graph)) {
      session.initialize();
      Batches batches = IMAGES.batches(SEED);
      for (int i = 0; i < STEPS; i++) {
        Batch batch = batches.nextBatch(BATCH);
        try (TFloat32 images = Tensors.of(Shape.of(BATCH, 28, 28, 1), batch.images());
            TFloat32 labels = Tensors.of(Shape.of(BATCH, 10), batch.labels());
            Result result =
                session
                    .runner()
                    .feed(x, images)
                    .feed(y, labels)
                    .fetch(cost)
                    .addTarget(step.op())
                    .run()) {
          costs.add((double) ((TFloat32) result.get(0)).getFloat());
        }
      }
    }
    return costs;
  }
}
