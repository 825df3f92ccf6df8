package io.github.convnet4j.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training with all that there is, cut off at each of its steps, and gone on with. */
class ResumeTest {
  private static final int PATIENCE = 5;

  @TempDir Path parent;

  private Checkpoints everyStep(Path folder) {
    return Checkpoints.everySteps(folder, 1).keep(Integer.MAX_VALUE);
  }

  @Test
  void fromEveryCheckpointItComesToTheSameEnd() {
    Path folder = parent.resolve("straight");
    try (Classifier straight = WholeTraining.classifier()) {
      straight.fit(
          WholeTraining.IMAGES,
          WholeTraining.OPTIONS,
          WholeTraining.listeners(everyStep(folder), PATIENCE));
      List<EpochResult> epochs = straight.history().epochs();
      assertTrue(
          epochs.size() < WholeTraining.OPTIONS.epochs(),
          "went back to its last epoch: choose others");

      List<CheckpointFolder.Place> places = new CheckpointFolder(folder).newestFirst();
      assertTrue(places.size() > 30, places::toString);
      for (CheckpointFolder.Place place : places) {
        try (Classifier resumed = Classifier.load(new CheckpointFolder(folder).path(place))) {
          resumed.fit(
              WholeTraining.IMAGES,
              WholeTraining.OPTIONS,
              WholeTraining.listeners(
                  everyStep(parent.resolve("after-" + place.inWords())), PATIENCE));
          assertEquals(epochs, resumed.history().epochs(), place::inWords);
          assertEquals(straight.stepsTrained(), resumed.stepsTrained(), place::inWords);
          straight
              .network()
              .parameters()
              .forEach(
                  p ->
                      assertArrayEquals(
                          straight.weights(p.name()), resumed.weights(p.name()), place::inWords));
        }
      }
    }
  }

  @Test
  void aSnapshotSurvivesBeingBytes() {
    try (Classifier classifier = WholeTraining.classifier()) {
      classifier.fit(WholeTraining.IMAGES, WholeTraining.OPTIONS.stopAfterSteps(7));
      Snapshot snapshot = classifier.snapshot(classifier.snapshot().toBytes());
      List<EpochResult> end = goOn(classifier);
      classifier.restore(snapshot);
      assertEquals(7, classifier.stepsTrained());
      assertEquals(end, goOn(classifier));
    }
  }

  private static List<EpochResult> goOn(Classifier classifier) {
    classifier.fit(WholeTraining.IMAGES, WholeTraining.OPTIONS);
    return classifier.history().epochs();
  }
}
