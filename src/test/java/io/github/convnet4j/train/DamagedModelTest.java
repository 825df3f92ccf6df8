package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.json.DamagedJson;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A saved model whose description has one wrong value is refused in words, whatever the value. */
class DamagedModelTest {
  private static final ModelJson JSON = ModelJson.standard();

  /** Loading the whole model is tried with one in so many damaged descriptions. */
  private static final int SHORT = 97;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.github.convnet4j.train.ModelJsonTest#optimizers")
  void anOptimizerIsReadOrRefused(Optimizer optimizer) throws Exception {
    check(ModelJsonTest.state(optimizer, Tasks.classification("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("io.github.convnet4j.train.ModelJsonTest#tasks")
  void aTaskIsReadOrRefused(Task<?> task) throws Exception {
    check(ModelJsonTest.state(adam(0.1), task));
  }

  private static void check(SavedState state) throws Exception {
    DamagedJson.check(JSON.write(state), 11, json -> JSON.read(json, false));
  }

  @Test
  void aModelIsLoadedOrRefused() throws Exception {
    load(SHORT);
  }

  @Test
  @Tag("long")
  void aModelIsLoadedOrRefusedWithEachDamage() throws Exception {
    load(1);
  }

  private void load(int every) throws Exception {
    byte[] values = save();
    Content variables = out -> out.write(values);
    DamagedJson.check(
        SavedFiles.open(folder).text("model.json"),
        every,
        json -> {
          Content text = out -> out.write(json.getBytes(StandardCharsets.UTF_8));
          SavedFiles.write(folder, Map.of("model.json", text, "variables.bin", variables));
          Model.load(folder).close();
        });
  }

  private byte[] save() throws IOException {
    try (Model<?> model = Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01))) {
      model.fit(TinyImages.of(10, 1), FitOptions.epochs(1).validateOn(TinyImages.of(10, 2)));
      model.save(folder);
    }
    try (InputStream in = SavedFiles.open(folder).stream("variables.bin")) {
      return in.readAllBytes();
    }
  }

  /** What early stopping and others keep in a checkpoint. */
  @Test
  void aSnapshotIsReadOrRefused() throws Exception {
    byte[] written =
        SnapshotBytes.write(
            new Snapshot(
                Map.of("w", new float[] {1, 2}), ModelJsonTest.REACHED, ModelJsonTest.METRICS));
    int length = ByteBuffer.wrap(written).getInt();
    String json = new String(written, Integer.BYTES, length, StandardCharsets.UTF_8);
    byte[] rest = Arrays.copyOfRange(written, Integer.BYTES + length, written.length);
    DamagedJson.check(
        json,
        1,
        damaged -> {
          byte[] text = damaged.getBytes(StandardCharsets.UTF_8);
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(text.length);
            out.write(text);
            out.write(rest);
          }
          SnapshotBytes.read(bytes.toByteArray(), List.of("dark", ""));
        });
  }
}
