package io.github.convnet4j.train;

import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.schedule.Schedules;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions.LastBatch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.tensorflow.ndarray.Shape;

/**
 * A model that is saved in the middle of an epoch and loaded again does everything as the one that
 * stays in memory, whatever its options.
 */
class LoadedModelTest {
  private static final DataSet IMAGES = TinyImages.of(37, 5);

  /** What is learned, and from what. */
  record Learned(String name, Task<?> task, Source examples) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Learned> learned() {
    float[] targets = new float[2 * IMAGES.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (i / 2 + i) % 3 == 0 ? 1 : 0;
    }
    Source withTargets = TargetSet.of(IMAGES, targets, 2);
    return List.of(
        new Learned("classes", Tasks.classification("dark", "light"), IMAGES),
        new Learned(
            "smoothed and weighted classes",
            Tasks.classification()
                .loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1).classWeights(1, 2.5)),
            IMAGES),
        new Learned(
            "focal",
            Tasks.classification().loss(Losses.softmaxFocal(2).labelSmoothing(0.2)),
            IMAGES),
        new Learned(
            "labels",
            Tasks.multiLabel("a", "b")
                .loss(Losses.sigmoidCrossEntropy().labelSmoothing(0.1).positiveWeights(1, 2.5)),
            withTargets),
        new Learned("numbers", Tasks.regression("x", "y").loss(Losses.huber(0.3)), withTargets));
  }

  private static Network network(Set<String> frozen) {
    Network network =
        Network.of(
            Shape.of(4, 4, 1),
            conv2d(4, 3).l2(1e-3).name("first"),
            batchNorm().momentum(0.8),
            relu(),
            maxPool(2),
            dropout(0.3),
            flatten(),
            dense(2));
    return network.freeze(frozen.toArray(String[]::new));
  }

  @Provide
  Arbitrary<Learned> anythingLearned() {
    return Arbitraries.of(learned());
  }

  @Provide
  Arbitrary<Set<String>> frozenLayers() {
    return Arbitraries.of(Set.of(), Set.of("first"));
  }

  @Provide
  Arbitrary<Optimizer> optimizers() {
    return Arbitraries.of(ModelJsonTest.optimizers().toList());
  }

  @Provide
  Arbitrary<ModelOptions> modelOptions() {
    PictureFormat four = PictureFormat.asTheyAre().size(4, 4).colour(PictureFormat.Colour.GREY);
    Arbitrary<Optional<PictureFormat>> formats =
        Arbitraries.of(
            Optional.empty(),
            Optional.of(four),
            Optional.of(four.inverted(true).fit(PictureFormat.Fit.CROP)),
            Optional.of(
                four.fit(PictureFormat.Fit.PAD)
                    .padding(new PictureFormat.Rgb(9, 99, 199))
                    .interpolation(PictureFormat.Interpolation.AREA)
                    .antialias(false)),
            Optional.of(four.range(10, 200)));
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.of(
                Normalization.unit(), Normalization.of(0.3, 0.2), Normalization.toRange(-1, 1)),
            Arbitraries.of(Rewrite.class).set(),
            Arbitraries.of(Mode.class).set(),
            formats,
            Arbitraries.of("", "p(\\d+)"))
        .as(
            (seed, normalization, rewrites, mixed, format, groups) -> {
              ModelOptions options =
                  ModelOptions.seed(seed)
                      .normalization(normalization)
                      .rewrites(rewrites)
                      .mixedPrecisionIn(mixed);
              ModelOptions prepared = format.map(options::pictures).orElse(options);
              return groups.isEmpty() ? prepared : prepared.groups(groups);
            });
  }

  @Provide
  Arbitrary<FitOptions> fitOptions() {
    return Combinators.combine(
            Arbitraries.of(LastBatch.class),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 13))
        .as(
            (last, validation, schedule, augment, steps) -> {
              FitOptions options =
                  FitOptions.upTo(3).batchSize(7).lastBatch(last).stopAfterSteps(steps);
              if (validation) {
                options = options.validationShare(0.2);
              }
              if (schedule) {
                options = options.learningRate(Schedules.oneCycle(0.02)).shuffleSeed(-4);
              }
              return augment ? options.augment(Augmentation.of(shift(0.2))) : options;
            });
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void doesTheSame(
      @ForAll("anythingLearned") Learned learned,
      @ForAll("frozenLayers") Set<String> frozen,
      @ForAll("optimizers") Optimizer optimizer,
      @ForAll("modelOptions") ModelOptions options,
      @ForAll("fitOptions") FitOptions fit)
      throws IOException {
    Path folder = Files.createTempDirectory("loaded");
    try (Model<?> model = Model.of(network(frozen), learned.task(), optimizer, options)) {
      FitOptions measured =
          learned.task().getClass().equals(Tasks.classification().getClass())
              ? fit.metrics(Metrics.f1(), Metrics.rocAuc())
              : fit;
      model.fit(learned.examples(), measured);
      model.save(folder.resolve("model"));
      try (Model<?> loaded = Model.load(folder.resolve("model"))) {
        assertEquals(state(model), state(loaded));
        assertComputesTheSame(learned.examples(), model, loaded, picture(folder));
        FitOptions rest = measured.stopAfterSteps(1000);
        History history = model.fit(learned.examples(), rest);
        assertEquals(history.epochs(), loaded.fit(learned.examples(), rest).epochs());
        assertEquals(state(model), state(loaded));
        assertComputesTheSame(learned.examples(), model, loaded, picture(folder));
        assertEquals(3, loaded.epochsTrained());
      }
    } finally {
      delete(folder);
    }
  }

  private static Map<String, Object> state(Model<?> model) {
    Map<String, Object> state = new TreeMap<>();
    state.put("network", model.network());
    state.put("tasks", model.tasks());
    state.put("optimizer", model.optimizer());
    state.put("options", model.options());
    state.put("pictures", model.pictureFormat());
    state.put("classes", model.classNames());
    state.put("history", model.history().epochs());
    state.put("epochs", model.epochsTrained());
    state.put("steps", model.stepsTrained());
    state.put("shapes", model.inputShapes() + " " + model.outputShapes());
    return state;
  }

  private static void assertComputesTheSame(
      Source examples, Model<?> model, Model<?> loaded, Path picture) {
    for (String name : model.weightNames()) {
      assertArrayEquals(model.weights(name), loaded.weights(name), name);
    }
    assertEquals(model.evaluate(examples).toString(), loaded.evaluate(examples).toString());
    Map<String, float[]> inputs = new LinkedHashMap<>();
    inputs.put(model.inputShapes().keySet().iterator().next(), values());
    Map<String, float[]> expected = model.predictBatch(2, inputs);
    loaded
        .predictBatch(2, inputs)
        .forEach((name, values) -> assertArrayEquals(expected.get(name), values, name));
    assertArrayEquals(
        floats(model.predict(picture)), floats(loaded.predict(picture)), "the prediction");
  }

  private static float[] values() {
    float[] values = new float[2 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 32f;
    }
    return values;
  }

  private static float[] floats(Object prediction) {
    if (prediction instanceof io.github.convnet4j.task.Prediction classes) {
      return classes.probabilities();
    }
    return prediction instanceof io.github.convnet4j.task.LabelPrediction labels
        ? labels.probabilities()
        : (float[]) prediction;
  }

  private static Path picture(Path folder) throws IOException {
    BufferedImage image = new BufferedImage(9, 5, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 45; i++) {
      image.setRGB(i % 9, i / 9, 0x50301 * i);
    }
    Path file = folder.resolve("picture.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static void delete(Path folder) throws IOException {
    try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
