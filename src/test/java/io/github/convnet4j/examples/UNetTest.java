package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Scores;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UNetTest {
  private static final TrainingSettings SHORT = new TrainingSettings(8, 25, 0.003, 1, 777);

  @TempDir private Path folder;

  @Test
  void findsTheDigitsAndDrawsMasks() throws IOException {
    Recorder recorder = new Recorder();
    Scores scores = UNet.run(recorder.drawingInto(folder), SHORT, 600);
    // A picture of nothing but background has an accuracy of 0.89 and a mean IoU of 0.22.
    assertTrue(scores.accuracy() > 0.98, scores::toString);
    assertTrue(scores.value("mean_iou") > 0.85, scores::toString);
    assertTrue(scores.value("dice") > 0.9, scores::toString);
    assertTrue(recorder.out().contains("accuracy 0.8919, mean_iou 0.2230\n"), recorder.out());
    assertTrue(recorder.out().endsWith("U-Net: " + scores + "\n"), recorder.out());
    BufferedImage picture = ImageIO.read(folder.resolve("unet.png").toFile());
    assertEquals(List.of(640, 480), List.of(picture.getWidth(), picture.getHeight()));
  }

  @Test
  void theSameSeedPrintsTheSameDigits() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    UNet.run(first.console(), SHORT.withEpochs(1), 100);
    UNet.run(second.console(), SHORT.withEpochs(1), 100);
    assertEquals(first.out(), second.out());
  }
}
