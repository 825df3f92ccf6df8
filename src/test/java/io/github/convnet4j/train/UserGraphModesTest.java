package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.task.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A model over a graph whose network differs between training and inference. */
class UserGraphModesTest {
  private static final DataSet DIGITS = BundledDigits.read().train().subset(0, 400);
  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(8, 3).stride(2),
          batchNorm(),
          relu(),
          maxPool(2),
          flatten(),
          dropout(0.5),
          dense(10));

  /** The parts of a graph that a network of the model builder is applied to in both modes. */
  private record Parts(
      UserGraph.Builder builder, Operand<TFloat32> probabilities, Operand<TFloat32> loss) {
    static Parts of(Graph graph) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 28, 28, 1)));
      Placeholder<TFloat32> labels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 10)));
      Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      NetworkInGraph net = NETWORK.build(tf, "net", 7);
      Applied training = net.apply(images, Mode.TRAINING, step);
      Operand<TFloat32> logits = net.apply(images, Mode.INFERENCE).output();
      UserGraph.Builder builder =
          UserGraph.builder(graph)
              .input("images", images)
              .target("digit", labels)
              .predictions("digit", tf.nn.softmax(training.output()))
              .loss(crossEntropy(tf, training.output(), labels))
              .step(step);
      for (String name : List.of("conv2d/kernel", "conv2d/bias", "dense/kernel", "dense/bias")) {
        builder.variable(name, net.variable(name));
      }
      for (String name : List.of("batch_norm/gamma", "batch_norm/beta")) {
        builder.variable(name, net.variable(name));
      }
      for (String name : List.of("batch_norm/moving_mean", "batch_norm/moving_variance")) {
        builder.statistic(name, net.variable(name));
      }
      training.updates().forEach(builder::update);
      return new Parts(builder, tf.nn.softmax(logits), crossEntropy(tf, logits, labels));
    }

    private static Operand<TFloat32> crossEntropy(
        Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
      return tf.math.mean(
          tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
    }
  }

  @Test
  void evaluationUsesTheLossAndThePredictionsOfInference() {
    try (NativeGraph opened = NativeGraph.open()) {
      Parts parts = Parts.of(opened.graph());
      UserGraph graph =
          parts
              .builder()
              .inferencePredictions("digit", parts.probabilities())
              .inferenceLoss(parts.loss())
              .build();
      try (Model<Prediction> model = Model.over(graph, classification(), adam(0.002))) {
        History history = model.fit(DIGITS, epochs(3).batchSize(50).validateOn(DIGITS));
        double mean = 0;
        List<Prediction> predictions = model.predict(DIGITS);
        for (int i = 0; i < DIGITS.size(); i++) {
          double probability = predictions.get(i).probabilities()[DIGITS.label(i)];
          mean -= Math.log(probability) / DIGITS.size();
        }
        assertEquals(mean, model.evaluate(DIGITS).loss(), 1e-5);
        assertEquals(mean, history.last().value("val_loss"), 1e-5);
      }
    }
  }

  /** The metrics of training do not depend on whether a variable was read before its update. */
  @Test
  void twoRunsHaveTheSameTrainingMetrics() {
    History first = train();
    assertEquals(first, train());
    assertEquals(first, train());
  }

  private static History train() {
    try (NativeGraph opened = NativeGraph.open()) {
      Parts parts = Parts.of(opened.graph());
      UserGraph graph =
          parts
              .builder()
              .inferencePredictions("digit", parts.probabilities())
              .inferenceLoss(parts.loss())
              .build();
      try (Model<Prediction> model = Model.over(graph, classification(), adam(0.002))) {
        return model.fit(DIGITS, epochs(2).batchSize(50).validateOn(DIGITS));
      }
    }
  }

  @Test
  void refusesInferenceThatIsHalfDescribed() {
    try (NativeGraph opened = NativeGraph.open()) {
      Parts parts = Parts.of(opened.graph());
      assertRefused(parts.builder().inferenceLoss(parts.loss()));
      assertRefused(parts.builder().inferencePredictions("letter", parts.probabilities()));
    }
  }

  private static void assertRefused(UserGraph.Builder builder) {
    String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    assertTrue(
        message.contains("inferencePredictions") && message.contains("inferenceLoss"), message);
    assertTrue(message.contains("digit"), message);
  }
}
