package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.files.BundledDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnGraphModelTest {
  private static final TrainingSettings SETTINGS = new TrainingSettings(5, 50, 0.002, 1, 777);

  @TempDir private Path folder;

  @Test
  void trainsCheckpointsSavesAndResumesAHandwrittenGraph() {
    Recorder recorder = new Recorder();
    OwnGraphModel.Results results =
        OwnGraphModel.run(recorder.console(), BundledDigits.read(), SETTINGS, folder);
    assertEquals(257, results.trained().total());
    assertTrue(results.trained().accuracy() > 0.8, results::toString);
    assertTrue(Files.exists(folder.resolve("checkpoints").resolve("epoch-0005")));
    assertEquals(
        "Epoch 5: %s\nEpoch 6: %s\n".formatted(results.trained(), results.resumed()),
        recorder.out());
  }

  /** Resuming gives the same numbers as training without a break. */
  @Test
  void resumesAsIfItHadNotBeenInterrupted() {
    OwnGraphModel.Results interrupted =
        OwnGraphModel.run(
            new Recorder().console(),
            BundledDigits.read(),
            SETTINGS.withEpochs(1),
            folder.resolve("1"));
    OwnGraphModel.Results longer =
        OwnGraphModel.run(
            new Recorder().console(),
            BundledDigits.read(),
            SETTINGS.withEpochs(2),
            folder.resolve("2"));
    assertEquals(longer.trained(), interrupted.resumed());
  }
}
