package io.github.convnet4j.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Snapshot;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resumes a run with every feature from each of its steps. */
class ResumeTest {
  private static final int PATIENCE = 5;

  @TempDir Path parent;

  private Checkpoints everyStep(Path folder) {
    return Checkpoints.everySteps(folder, 1).keep(Integer.MAX_VALUE);
  }

  /**
   * A step from each checkpoint leads to the next one, with the same bytes in each file. So all
   * lead to the same result, to which some are followed.
   */
  @Test
  void everyCheckpointLeadsToTheNextOneAndToTheSameResult() {
    Path folder = parent.resolve("straight");
    try (Model<Prediction> straight = WholeTraining.model()) {
      straight.fit(
          WholeTraining.IMAGES,
          WholeTraining.OPTIONS,
          WholeTraining.listeners(everyStep(folder), PATIENCE));
      List<EpochResult> epochs = straight.history().epochs();
      assertTrue(
          epochs.size() < WholeTraining.OPTIONS.epochs(),
          "the last epoch is the best: choose other settings");

      List<CheckpointFolder.Place> places = new CheckpointFolder(folder).newestFirst();
      assertTrue(places.size() > 30, places::toString);
      for (int i = 1; i < places.size(); i++) {
        assertLeadsTo(folder, places.get(i - 1), places.get(i));
      }
      for (int some : new int[] {0, 1, 2, places.size() / 2, places.size() - 1}) {
        CheckpointFolder.Place place = places.get(some);
        try (Model<Prediction> resumed =
            Model.load(new CheckpointFolder(folder).path(place), Prediction.class)) {
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

  /** Expects that a step from a checkpoint gives the next one. */
  private void assertLeadsTo(
      Path folder, CheckpointFolder.Place next, CheckpointFolder.Place place) {
    Path after = parent.resolve("step-after-" + place.inWords());
    try (Model<Prediction> resumed =
        Model.load(new CheckpointFolder(folder).path(place), Prediction.class)) {
      resumed.fit(
          WholeTraining.IMAGES,
          WholeTraining.OPTIONS.stopAfterSteps(1),
          WholeTraining.listeners(everyStep(after), PATIENCE));
    }
    assertEquals(
        contents(new CheckpointFolder(folder).path(next)),
        contents(new CheckpointFolder(after).path(next)),
        place::inWords);
  }

  private static Map<String, String> contents(Path saved) {
    Map<String, String> contents = new LinkedHashMap<>();
    try (SavedFiles files = SavedFiles.open(saved)) {
      for (String name : files.names()) {
        contents.put(name, new String(files.bytes(name), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** The checksum is correct, but the listener did not write the content: the file is named. */
  @Test
  void refusesAListenerStateOfAnotherFormatAndNamesItsFile() throws IOException {
    Path folder = parent.resolve("checkpoints");
    try (Model<Prediction> model = WholeTraining.model()) {
      model.fit(
          WholeTraining.IMAGES,
          WholeTraining.OPTIONS.stopAfterSteps(6),
          WholeTraining.listeners(everyStep(folder), PATIENCE));
    }
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Path last = checkpoints.path(checkpoints.newestFirst().get(0));
    Map<String, Content> sound = new LinkedHashMap<>();
    try (SavedFiles files = SavedFiles.open(last)) {
      for (String name : files.names()) {
        byte[] bytes = files.bytes(name);
        sound.put(name, out -> out.write(bytes));
      }
    }
    List<String> states =
        sound.keySet().stream().filter(name -> name.startsWith("listener_")).toList();
    assertEquals(2, states.size(), states::toString);
    for (String state : states) {
      Map<String, Content> damaged = new LinkedHashMap<>(sound);
      damaged.put(state, out -> out.write(new byte[7]));
      SavedFiles.write(last, damaged);
      try (Model<Prediction> model = Model.load(last, Prediction.class)) {
        StoreException fault =
            assertThrows(
                StoreException.class,
                () ->
                    model.fit(
                        WholeTraining.IMAGES,
                        WholeTraining.OPTIONS,
                        WholeTraining.listeners(new TrainingListener() {}, PATIENCE)));
        String file = last.resolve(state.replace(".bin", "-")).toString();
        assertTrue(fault.getMessage().contains(file), fault::getMessage);
        assertEquals(6, model.stepsTrained());
      }
    }
  }

  @Test
  void aSnapshotCanBeConvertedToBytesAndBack() {
    try (Model<Prediction> model = WholeTraining.model()) {
      model.fit(WholeTraining.IMAGES, WholeTraining.OPTIONS.stopAfterSteps(7));
      Snapshot snapshot = model.snapshot(model.snapshot().toBytes());
      List<EpochResult> end = resume(model);
      model.restore(snapshot);
      assertEquals(7, model.stepsTrained());
      assertEquals(end, resume(model));
    }
  }

  private static List<EpochResult> resume(Model<Prediction> model) {
    model.fit(WholeTraining.IMAGES, WholeTraining.OPTIONS);
    return model.history().epochs();
  }
}
