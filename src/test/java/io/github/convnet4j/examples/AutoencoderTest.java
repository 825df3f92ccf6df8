package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderTest {
  private static final TrainingSettings SHORT = new TrainingSettings(5, 25, 0.002, 1, 777);

  @TempDir private Path folder;

  @Test
  void reconstructsBetterThanTheMeanImageAndDrawsBoth() throws IOException {
    Recorder recorder = new Recorder();
    Autoencoder.Errors errors = Autoencoder.run(recorder.drawingInto(folder), SHORT);
    assertTrue(errors.reconstructions() < errors.meanImage() / 2, errors::toString);
    // This does not depend on the training.
    assertEquals(0.0481, errors.meanImage(), 5e-5);
    assertTrue(recorder.out().endsWith("Error of the mean image: 0.0481\n"), recorder.out());
    BufferedImage picture = ImageIO.read(folder.resolve("autoencoder.png").toFile());
    assertEquals(List.of(640, 480), List.of(picture.getWidth(), picture.getHeight()));
  }

  @Test
  void theSameSeedPrintsTheSameDigits() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    Autoencoder.run(first.console(), SHORT.withEpochs(1));
    Autoencoder.run(second.console(), SHORT.withEpochs(1));
    assertEquals(first.out(), second.out());
  }
}
