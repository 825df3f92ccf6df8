package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Weights, moving statistics and optimizer state that are not finite are not saved. */
class NotFiniteTest {
  private static final Network NETWORK =
      Network.of(Shape.of(4, 4, 1), Layers.flatten(), Layers.batchNorm(), Layers.dense(2));

  @TempDir Path folder;

  private static Model<Prediction> model() {
    return Model.of(NETWORK, Tasks.classification(), adam(0.01));
  }

  /** Makes the last value of one variable infinite or NaN. */
  private static void spoil(Model<Prediction> model, String variable, float value) {
    Snapshot intact = model.snapshot();
    Map<String, float[]> values = new LinkedHashMap<>(intact.values());
    float[] spoiled = values.get(variable).clone();
    spoiled[spoiled.length - 1] = value;
    values.put(variable, spoiled);
    Snapshot snapshot = new Snapshot(values, intact.reached(), intact.metrics());
    assertTrue(intact.isFinite());
    assertFalse(snapshot.isFinite());
    model.restore(snapshot);
  }

  private static List<String> variables() {
    try (Model<Prediction> model = model()) {
      return List.copyOf(model.snapshot().values().keySet());
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void namesTheVariableAndKeepsTheEarlierSave(float bad) {
    try (Model<Prediction> model = model()) {
      model.save(folder);
      Map<String, String> earlier = files();
      model.fit(TinyImages.of(20, 1), FitOptions.epochs(1));
      Snapshot intact = model.snapshot();
      assertTrue(intact.values().keySet().containsAll(variables()));
      for (String variable : intact.values().keySet()) {
        spoil(model, variable, bad);
        assertEquals(Optional.of(variable), model.firstNotFinite());
        NotFiniteException fault = assertThrows(NotFiniteException.class, () -> model.save(folder));
        assertEquals(Optional.of(variable), fault.variable());
        assertTrue(fault.getMessage().contains(variable), fault::getMessage);
        assertTrue(fault.getMessage().contains(model.stepsTrained() + " steps"), fault::getMessage);
        assertEquals(earlier, files(), variable);
        model.restore(intact);
      }
    }
    try (Model<Prediction> earlier = Model.load(folder, Prediction.class)) {
      assertEquals(0, earlier.stepsTrained());
    }
  }

  /** Returns the names of the saved files, and what they hold. */
  private Map<String, String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      Map<String, String> contents = new TreeMap<>();
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namesTheLayerUnlessTheVariableIsTheOptimizers() {
    try (Model<Prediction> model = model()) {
      spoil(model, "batch_norm/moving_variance", Float.NaN);
      NotFiniteException fault = assertThrows(NotFiniteException.class, () -> model.save(folder));
      assertEquals(Optional.of("batch_norm"), fault.layer());
    }
    String state =
        variables().stream().filter(name -> name.startsWith("state:")).findFirst().orElseThrow();
    try (Model<Prediction> model = model()) {
      spoil(model, state, Float.NaN);
      NotFiniteException fault = assertThrows(NotFiniteException.class, () -> model.save(folder));
      assertEquals(Optional.empty(), fault.layer());
    }
  }

  @Test
  void leavesNoFilesBehind() {
    Path save = folder.resolve("save");
    Path export = folder.resolve("export");
    try (Model<Prediction> model = model();
        Model<float[]> regression = Model.of(NETWORK, Tasks.regression(), adam(0.01))) {
      spoil(model, "dense/bias", Float.NaN);
      assertThrows(NotFiniteException.class, () -> model.save(save));
      assertThrows(NotFiniteException.class, () -> model.exportSavedModel(export));
      assertFalse(Files.exists(save));
      assertFalse(Files.exists(export));
      assertEquals(Optional.empty(), regression.firstNotFinite());
      regression.save(save);
    }
  }
}
