package io.github.convnet4j.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.tensorboard.EventReader.Tagged;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.DataClass;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;

class EventFileTest {
  @TempDir Path folder;

  @Test
  void startsWithTheVersionAndIsNamedLikeTensorFlowsFiles() {
    double before = Instant.now().toEpochMilli() / 1000.0;
    try (EventFile file = EventFile.in(folder.resolve("a/b"))) {
      List<Event> events = EventReader.events(file.path());
      assertEquals(1, events.size());
      assertEquals("brain.Event:2", events.get(0).getFileVersion());
      assertTrue(events.get(0).getWallTime() >= before);
      String name = file.path().getFileName().toString();
      assertTrue(name.matches("events\\.out\\.tfevents\\.\\d{10}\\..+\\.\\d+\\.\\d+"), name);
      assertEquals(folder.resolve("a/b"), file.path().getParent());
    }
  }

  @Test
  void storesScalarsWithTheirSteps() {
    try (EventFile file = EventFile.in(folder)) {
      file.scalar("epoch/cost", 1, 0.25);
      file.scalar("epoch/accuracy", 1, 0.1);
      file.scalar("epoch/cost", 1L << 40, Double.NaN);
    }
    assertEquals(List.of(1L, 1L << 40), EventReader.steps(folder, "epoch/cost"));
    assertEquals(List.of(0.25f, Float.NaN), EventReader.scalars(folder, "epoch/cost"));
    assertEquals(List.of(0.1f), EventReader.scalars(folder, "epoch/accuracy"));
  }

  @Test
  void describesATagOnlyWithItsFirstValue() {
    try (EventFile file = EventFile.in(folder)) {
      file.describe("cost", "Mean over the batch.");
      file.scalar("accuracy", 1, 0.5);
      file.scalar("cost", 1, 0.5);
      file.scalar("cost", 2, 0.5);
    }
    assertEquals(
        List.of("", "Mean over the batch.", ""),
        EventReader.values(folder).stream()
            .map(v -> v.value().getMetadata().getSummaryDescription())
            .toList());
    // Without these, TensorBoard does not show the description.
    SummaryMetadata metadata = EventReader.values(folder).get(1).value().getMetadata();
    assertEquals("scalars", metadata.getPluginData().getPluginName());
    assertEquals(DataClass.DATA_CLASS_SCALAR, metadata.getDataClass());
  }

  @Test
  void aHistogramLeavesOutNumbersThatAreNotFinite() {
    try (EventFile file = EventFile.in(folder)) {
      file.histogram("w", 3, new float[] {1, Float.NaN, 2, Float.POSITIVE_INFINITY, -4});
      file.histogram("w", 4, new float[] {Float.NaN});
    }
    List<Tagged> values = EventReader.values(folder, "w");
    assertEquals(List.of(3L), values.stream().map(Tagged::step).toList());
    assertEquals(3, values.get(0).value().getHisto().getNum());
    assertEquals(1.0 + 2 - 4, values.get(0).value().getHisto().getSum());
    assertEquals(1.0 + 4 + 16, values.get(0).value().getHisto().getSumSquares());
    assertEquals(-4, values.get(0).value().getHisto().getMin());
    assertEquals(2, values.get(0).value().getHisto().getMax());
  }

  /** The constants are types of {@link BufferedImage}. */
  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_BYTE_GRAY + ", 1",
    BufferedImage.TYPE_INT_RGB + ", 3",
    BufferedImage.TYPE_INT_ARGB + ", 4"
  })
  void imagesDecodeToTheSamePixels(int type, int channels) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    int[] colours = {0xff000000, 0xffffffff, 0xffff0000, 0xff00ff00, 0xff0000ff, 0xff102030};
    image.setRGB(0, 0, 3, 2, colours, 0, 3);
    try (EventFile file = EventFile.in(folder)) {
      file.image("picture", 7, image);
    }
    Summary.Image kept = EventReader.values(folder, "picture").get(0).value().getImage();
    assertEquals(3, kept.getWidth());
    assertEquals(2, kept.getHeight());
    assertEquals(channels, kept.getColorspace());
    BufferedImage decoded =
        ImageIO.read(new ByteArrayInputStream(kept.getEncodedImageString().toByteArray()));
    assertArrayEquals(image.getRGB(0, 0, 3, 2, null, 0, 3), decoded.getRGB(0, 0, 3, 2, null, 0, 3));
  }

  @Test
  void isReadableAfterEachFlushAndOnlyAppendedTo() throws IOException {
    try (EventFile file = EventFile.in(folder)) {
      byte[] before = Files.readAllBytes(file.path());
      file.scalar("cost", 1, 0.5);
      assertArrayEquals(before, Files.readAllBytes(file.path()));
      file.flush();
      assertEquals(List.of(0.5f), EventReader.scalars(folder, "cost"));
      byte[] after = Files.readAllBytes(file.path());
      assertArrayEquals(before, Arrays.copyOf(after, before.length));
    }
  }

  @Test
  void aSecondFileInAFolderComesAfterTheFirst() {
    try (EventFile first = EventFile.in(folder);
        EventFile second = EventFile.in(folder)) {
      assertNotEquals(first.path(), second.path());
      second.scalar("cost", 2, 0.25);
      first.scalar("cost", 1, 0.5);
    }
    assertEquals(List.of(1L, 2L), EventReader.steps(folder, "cost"));
  }
}
