package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A task of the user's own, and a task for one named output. */
class OwnTaskTest {
  /** An age, from logits for the ages 0 to 4; the target is the age itself. */
  record Age(int oldest) implements Task<Double> {
    @Override
    public Class<Double> predictionType() {
      return Double.class;
    }

    @Override
    public Loss loss() {
      return Losses.softmaxCrossEntropy();
    }

    @Override
    public Shape targetShape(Shape output) {
      return Shape.scalar();
    }

    @Override
    public Operand<TFloat32> lossTargets(Ops tf, Operand<TFloat32> targets, Shape output) {
      return tf.oneHot(
          tf.dtypes.cast(targets, TInt32.class),
          tf.constant((int) output.get(0)),
          tf.constant(1f),
          tf.constant(0f));
    }

    @Override
    public void checkTarget(float[] targets, int from, Shape output) {
      if (!(targets[from] >= 0 && targets[from] <= oldest)) {
        throw new IllegalArgumentException("age must be from 0 to " + oldest);
      }
    }

    @Override
    public Double prediction(float[] values, Shape output) {
      double mean = 0;
      for (int age = 0; age < values.length; age++) {
        mean += age * values[age];
      }
      return mean;
    }
  }

  private static final Network NETWORK = Network.of(Shape.of(1), dense(5));

  @TempDir Path folder;

  /** The input tells the age. */
  private static ExampleSet people() {
    float[] ages = new float[50];
    float[] inputs = new float[50];
    for (int i = 0; i < 50; i++) {
      ages[i] = i % 5;
      inputs[i] = ages[i] - 2;
    }
    return ExampleSet.builder().input("in", inputs, 1).target("age", ages).build();
  }

  private static Model<Double> model() {
    return Model.of(NETWORK, new Age(4), adam(0.1f), ModelOptions.seed(3));
  }

  @Test
  void learnsPredictsAndContinuesAfterLoading() {
    FitOptions options = FitOptions.upTo(60).batchSize(20);
    ModelJson json = ModelJson.standard().withTask("age", Age.class);
    try (Model<Double> straight = model();
        Model<Double> first = model()) {
      History history = straight.fit(people(), options.validateOn(people()));
      assertEquals(List.of("cost", "val_loss"), List.copyOf(history.last().values().keySet()));
      assertEquals(3, straight.predict(new float[] {1}), 0.3);
      Scores scores = straight.evaluate(people());
      assertEquals(Map.of(), scores.values());
      assertTrue(scores.confusionMatrix().isEmpty());
      assertEquals(50, straight.predict(people()).size());
      String unregistered =
          assertThrows(IllegalArgumentException.class, () -> first.save(folder)).getMessage();
      assertTrue(unregistered.contains("Age") && unregistered.contains("ModelJson"), unregistered);
      first.fit(people(), options.validateOn(people()).stopAfterSteps(50));
      first.save(folder, json);
      try (Model<Double> loaded = Model.load(folder, Double.class, json)) {
        assertEquals(new Age(4), loaded.tasks().get(0).task());
        loaded.fit(people(), options.validateOn(people()));
        assertEquals(straight.history(), loaded.history());
        assertArrayEquals(straight.weights("dense/kernel"), loaded.weights("dense/kernel"));
      }
    }
  }

  @Test
  void itsChecksNameTheExample() {
    ExampleSet old =
        ExampleSet.builder()
            .input("in", new float[3], 1)
            .target("age", new float[] {1, 2, 5})
            .build();
    try (Model<Double> model = model()) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.fit(old, FitOptions.epochs(1)))
              .getMessage();
      assertEquals("targets of example 2: age must be from 0 to 4", message);
      String metric =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.fit(people(), FitOptions.epochs(1).metrics(Metrics.f1())))
              .getMessage();
      assertTrue(metric.contains("f1"), metric);
    }
  }

  /** The names of the values start with the name of the output. */
  @Test
  void tasksForNamedOutputsWorkForOneOutputToo() {
    String name = TinyImages.NETWORK.outputs().keySet().iterator().next();
    OutputTask<Prediction> kind = Tasks.output(name, Tasks.classification("a", "b")).weight(0.5);
    FitOptions options =
        FitOptions.epochs(2).batchSize(20).validateOn(TinyImages.of(20, 2)).metrics(Metrics.f1());
    try (Model<Answers> model =
            Model.of(TinyImages.NETWORK, Tasks.all(kind), adam(0.01f), ModelOptions.seed(3));
        Model<Prediction> whole =
            Model.of(
                TinyImages.NETWORK,
                Tasks.classification("a", "b"),
                adam(0.01f),
                ModelOptions.seed(3))) {
      EpochResult result = model.fit(TinyImages.of(50, 1), options).last();
      String prefix = name + "_";
      assertEquals(
          List.of(
              "cost",
              prefix + "accuracy",
              prefix + "f1",
              "val_loss",
              "val_" + prefix + "loss",
              "val_" + prefix + "accuracy",
              "val_" + prefix + "f1"),
          List.copyOf(result.values().keySet()));
      assertEquals(result.value("val_loss"), 0.5 * result.value("val_" + prefix + "loss"), 1e-12);
      whole.fit(TinyImages.of(50, 1), options);
      byte[] image = TinyImages.of(1, 5).image(0);
      assertEquals(
          whole.predictPixels(image).className(), model.predictPixels(image).of(kind).className());
      model.save(folder);
      try (Model<Answers> loaded = Model.load(folder, Answers.class)) {
        assertEquals(List.of(kind), loaded.tasks());
        assertEquals(
            model.predictPixels(image).of(kind).probability(),
            loaded.predictPixels(image).of(kind).probability());
        assertEquals(model.history(), loaded.history());
      }
    }
    String other =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Model.of(
                        TinyImages.NETWORK,
                        Tasks.all(Tasks.output("other", Tasks.classification())),
                        adam(0.01f)))
            .getMessage();
    assertTrue(other.contains(name) && other.contains("other"), other);
  }
}
