package io.github.convnet4j.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/**
 * With weights of 0, every image is predicted as class 0, so those of class 1 are the mistakes.
 * Images of 2x2 are enlarged 42 times, to 84 pixels, with 30 below for the text.
 */
class MistakePictureTest {
  private static Optional<BufferedImage> picture(DataSet images, int most, String... names) {
    Network network =
        Network.of(
            Shape.of(images.height(), images.width(), images.channels()),
            Layers.flatten(),
            Layers.dense(2).kernelInitializer(Initializers.zeros()));
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(names), Optimizers.adam(0.001))) {
      return MistakePicture.of(model, images, most);
    }
  }

  /** Returns gray images; in image i all four pixels are i. */
  private static DataSet grey(int... labels) {
    byte[] pixels = new byte[4 * labels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 4);
    }
    return DataSet.of(pixels, labels, Shape.of(2, 2, 1), 2);
  }

  private static int colour(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }

  @Test
  void showsTheFirstMistakesInTheOrderOfTheImages() {
    BufferedImage picture = picture(grey(0, 1, 0, 1, 1, 1, 1), 4, "no", "yes").orElseThrow();
    assertEquals(2 + 2 * 86, picture.getWidth());
    assertEquals(2 + 2 * 116, picture.getHeight());
    assertEquals(0x010101, colour(picture, 40, 40));
    assertEquals(0x030303, colour(picture, 126, 40));
    assertEquals(0x040404, colour(picture, 40, 156));
    assertEquals(0x050505, colour(picture, 126, 156));
  }

  @Test
  void findsMistakesInSeveralChunks() {
    int[] labels = new int[1100];
    labels[250] = 1;
    labels[600] = 1;
    labels[1099] = 1;
    BufferedImage picture = picture(grey(labels), 36, "no", "yes").orElseThrow();
    assertEquals(2 + 2 * 86, picture.getWidth());
    assertEquals(250 * 0x010101, colour(picture, 40, 40));
    assertEquals((600 & 0xff) * 0x010101, colour(picture, 126, 40));
    assertEquals((1099 & 0xff) * 0x010101, colour(picture, 40, 156));
  }

  @Test
  void hasNoPictureWithoutMistakes() {
    assertTrue(picture(grey(0, 0), 4, "no", "yes").isEmpty());
  }

  @Test
  void keepsColors() {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 200};
    DataSet images = DataSet.of(pixels, new int[] {1}, Shape.of(2, 2, 3), 2);
    BufferedImage picture = picture(images, 1, "no", "yes").orElseThrow();
    assertEquals(0x010203, colour(picture, 22, 22));
    assertEquals(0x040506, colour(picture, 65, 22));
    assertEquals(0x070809, colour(picture, 22, 65));
    assertEquals(0x0a0bc8, colour(picture, 65, 65));
  }

  @Test
  void showsLabelAndPredictionBelowWithoutOverlap() {
    assumeTrue(Captions.areUsable(), "Java finds no font");
    DataSet images = grey(1, 1);
    BufferedImage yes = picture(images, 2, "no", "yes").orElseThrow();
    BufferedImage other = picture(images, 2, "no", "a long name that does not fit").orElseThrow();
    Rectangle label = new Rectangle(2, 2 + 84, 84, 15);
    Rectangle prediction = new Rectangle(2, 2 + 84 + 15, 84, 15);
    assertNotEquals(List.of(0xffffff), distinct(yes, label));
    assertNotEquals(List.of(0xffffff), distinct(yes, prediction));
    assertNotEquals(pixels(yes, label), pixels(other, label));
    assertEquals(pixels(yes, prediction), pixels(other, prediction));
    assertEquals(List.of(0xffffff), distinct(other, new Rectangle(86, 0, 2, 118)));
  }

  private static List<Integer> pixels(BufferedImage picture, Rectangle area) {
    return Arrays.stream(
            picture.getRGB(area.x, area.y, area.width, area.height, null, 0, area.width))
        .mapToObj(rgb -> rgb & 0xffffff)
        .toList();
  }

  private static List<Integer> distinct(BufferedImage picture, Rectangle area) {
    return pixels(picture, area).stream().distinct().toList();
  }
}
