package io.github.convnet4j.listener;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.JsonEdits;
import io.github.convnet4j.fuzz.Judge;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged histories that a run is to append to. */
class HistoryFuzzTest {
  private static final String JSON =
      """
      [ {"epoch": 1, "cost": 0.5, "accuracy": 0.25, "val_loss": null},
        {"epoch": 2, "cost": 0.25, "accuracy": 0.5, "val_loss": 1e-3} ]
      """;

  @TempDir private static Path folder;
  private static Training training;

  /** A listener needs a run, of which these only ask for the first epoch. */
  @BeforeAll
  static void run() {
    AtomicReference<Training> run = new AtomicReference<>();
    TrainingListener keeper =
        new TrainingListener() {
          @Override
          public void trainBegin(Training begun) {
            run.set(begun);
          }
        };
    try (Model<?> model = Tiny.model()) {
      model.fit(Tiny.TRAIN, Tiny.epochs(1), keeper);
    }
    training = run.get();
  }

  static Stream<byte[]> tables() {
    return Stream.of(
            "epoch,cost,accuracy\r\n1,0.5,0.25\r\n2,NaN,\r\n", "\uFEFFepoch,val_loss\n1,1e-3\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> lists() {
    return Stream.of(JSON.getBytes(StandardCharsets.UTF_8), "[]".getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> edits() {
    return JsonEdits.seeds();
  }

  @MethodSource("tables")
  @FuzzTest
  void csv(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("history.csv"), input);
    judge(file, CsvHistory.to(file));
  }

  @MethodSource("lists")
  @FuzzTest
  void json(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("history.json"), input);
    judge(file, JsonHistory.to(file));
  }

  @MethodSource("edits")
  @FuzzTest
  void jsonContent(byte[] input) throws IOException {
    Path file = Files.writeString(folder.resolve("edited.json"), JsonEdits.apply(input, JSON));
    judge(file, JsonHistory.to(file));
  }

  /** What was read can be written and read again. */
  private static void judge(Path file, TrainingListener history) {
    Judge.judge(
        file,
        () -> {
          try {
            history.trainBegin(training);
            history.release(training);
            history.trainBegin(training);
          } finally {
            history.release(training);
          }
        });
  }
}
