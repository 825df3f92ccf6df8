package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.DataLocator;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.picture.DicomFiles;
import io.github.convnet4j.picture.DicomFiles.Syntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** The CT example, on the real slices if they are available, otherwise on synthetic ones. */
class ExCtTest {
  private static final TrainingSettings ONE_EPOCH = new TrainingSettings(1, 50, 0.001, 1, 777);

  @TempDir private Path folder;

  @Test
  void classifiesTheSlicesAndSaysWhatThatDoesNotProve() {
    Optional<Path> slices =
        Optional.ofNullable(System.getenv(DataLocator.DATA_VARIABLE))
            .map(data -> Path.of(data, "mednist-ct"))
            .filter(Files::isDirectory);
    assumeTrue(
        slices.isPresent(), "needs the CT slices in mednist-ct in the folder CONVNET4J_DATA");
    Recorder recorder = new Recorder();
    Scores evaluation =
        ExCt.train(recorder.drawingInto(folder), IdxFolder.read(slices.get()), ONE_EPOCH);
    assertEquals(1500, evaluation.total());
    assertTrue(evaluation.accuracy() > 0.98, evaluation.toString());
    assertTrue(Files.exists(folder.resolve("ex_ct.png")));
    assertTrue(recorder.out().contains("What this number does not prove"), recorder.out());
  }

  @Test
  void printsEpochsConfusionMatrixByNameAndARowOfSlices() {
    Recorder recorder = new Recorder();
    Scores evaluation = ExCt.train(recorder.drawingInto(folder), stripes(), ONE_EPOCH);
    String printed = recorder.out();
    assertTrue(printed.contains("epoch 1: cost "), printed);
    assertTrue(
        printed.contains("(" + evaluation.correct() + " of " + evaluation.total() + " slices)"),
        printed);
    assertTrue(printed.contains(evaluation.confusionMatrix().orElseThrow().table()), printed);
    assertEquals(5, printed.lines().filter(line -> line.startsWith("Slice ")).count(), printed);
    assertTrue(printed.contains("label chest, prediction "), printed);
  }

  @Test
  void requiresTheOptionData() {
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute("ExCt"));
    assertEquals(
        "Missing required option: '--data=DIR'; ExCt --help lists the options\n",
        recorder.messages());
  }

  /** Dark, gray and bright slices as DICOM files, which are scaled to 64x64. */
  @Test
  void takesClassFoldersOfDicomFiles() throws IOException {
    List<String> classes = List.of("abdomen", "chest", "head");
    for (int i = 0; i < 60; i++) {
      Path path = folder.resolve("slices").resolve(classes.get(i % 3)).resolve("IM" + i);
      Files.createDirectories(path.getParent());
      int[] values = new int[256];
      Arrays.fill(values, 1000 + 150 * (i % 3) + i);
      Files.write(
          path,
          DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 16, 16)
              .rescale(1, -1024)
              .window("40", "400")
              .values(values));
    }
    Recorder recorder = new Recorder();
    String[] ct = {"ExCt", "--data", folder.resolve("slices").toString(), "--epochs", "1"};
    assertEquals(0, recorder.execute(ct), recorder.messages());
    assertTrue(recorder.messages().contains("3 classes: abdomen, chest, head"));
    Files.move(folder.resolve("slices/head"), folder.resolve("slices/neck"));
    Recorder other = new Recorder();
    assertEquals(2, other.execute(ct));
    assertTrue(other.messages().contains("neck"), other.messages());
  }

  /** 60 images of 16x16: class 0 is dark, class 1 has bright rows, class 2 is bright. */
  private static DataSets stripes() {
    int count = 60;
    byte[] pixels = new byte[count * 256];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      for (int pixel = 0; pixel < 256; pixel++) {
        boolean bright = labels[i] == 2 || (labels[i] == 1 && pixel / 16 % 2 == 0);
        pixels[i * 256 + pixel] = (byte) (bright ? 200 + i : 10 + i);
      }
    }
    DataSet images = DataSet.of(pixels, labels, Shape.of(16, 16, 1), 3);
    return new DataSets(images, images.subset(0, 9), images.subset(9, 30), "stripes");
  }
}
