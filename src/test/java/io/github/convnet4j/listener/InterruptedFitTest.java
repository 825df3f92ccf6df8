package io.github.convnet4j.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupting a thread closes its channels, but files must still be written completely. */
class InterruptedFitTest {
  @TempDir Path folder;

  private TrainingListener[] listeners(TrainingListener interrupting) {
    return new TrainingListener[] {
      interrupting,
      CsvHistory.to(folder.resolve("history.csv")),
      JsonHistory.to(folder.resolve("history.json")),
      TensorBoardListener.into(folder.resolve("curves")),
      Checkpoints.everySteps(folder.resolve("checkpoints"), 1)
    };
  }

  private Model<Prediction> latest() {
    return Checkpoints.latest(folder.resolve("checkpoints"), Prediction.class, AssertionError::new)
        .orElseThrow();
  }

  private static void interrupt() {
    Thread.currentThread().interrupt();
  }

  /**
   * Interrupts before the first step, after a step, and after an epoch, when all listeners write.
   */
  @Test
  void isCancelledAndResumesAsIfItHadNotBeen() throws IOException {
    FitOptions three = FitOptions.upTo(3).batchSize(25);
    List<TrainingListener> moments =
        List.of(
            new TrainingListener() {
              @Override
              public void trainBegin(Training training) {
                interrupt();
              }
            },
            Tiny.onBatch((training, result) -> interrupt()),
            Tiny.onEpoch((training, result) -> interrupt()));
    try (Model<Prediction> model = Tiny.model()) {
      for (TrainingListener moment : moments) {
        assertThrows(
            CancellationException.class, () -> model.fit(Tiny.TRAIN, three, listeners(moment)));
        assertTrue(Thread.interrupted());
      }
      assertEquals(3, model.stepsTrained());
    }
    assertEquals(2, Files.readAllLines(folder.resolve("history.csv")).size());
    try (Model<Prediction> model = latest();
        Model<Prediction> straight = Tiny.model()) {
      assertEquals(3, model.stepsTrained());
      model.fit(Tiny.TRAIN, three, listeners(new TrainingListener() {}));
      straight.fit(Tiny.TRAIN, three);
      assertArrayEquals(straight.weights("dense/kernel"), model.weights("dense/kernel"));
    }
    assertEquals(4, Files.readAllLines(folder.resolve("history.csv")).size());
  }
}
