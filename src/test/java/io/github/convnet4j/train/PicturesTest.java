package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Predictions for picture files. */
class PicturesTest {
  private static final Path COLOURED =
      Path.of("src/test/resources/io/github/convnet4j/picture/kinds/rgb.tif");

  @TempDir private Path folder;

  @Test
  void convertsPicturesAsTheOptionsSayAlsoAfterLoading() {
    PictureFormat inverted = PictureFormat.asTheyAre().inverted(true);
    byte[] pixels = inverted.size(4, 4).colour(Colour.GREY).apply(Picture.read(COLOURED)).pixels();
    ModelOptions options = ModelOptions.seed(3).pictures(inverted);
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.1), options)) {
      float[] expected = model.predictPixels(pixels).probabilities();
      assertArrayEquals(expected, model.predict(COLOURED).probabilities());
      model.save(folder.resolve("model"));
      try (Model<Prediction> loaded = Model.load(folder.resolve("model"), Prediction.class)) {
        assertEquals(options, loaded.options());
        assertArrayEquals(expected, loaded.predict(COLOURED).probabilities());
      }
    }
  }

  @Test
  void withoutAFormatPicturesGetTheNetworksSizeAndColors() {
    Network network = Network.of(Shape.of(3, 5, 3), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      assertEquals(PictureFormat.asTheyAre().size(3, 5).colour(Colour.RGB), model.pictureFormat());
      Path missing = folder.resolve("missing.png");
      DataException error = assertThrows(DataException.class, () -> model.predict(missing));
      assertTrue(error.getMessage().startsWith(missing.toString()), error::getMessage);
    }
  }

  static Stream<PictureFormat> others() {
    PictureFormat plain = PictureFormat.asTheyAre();
    return Stream.of(plain.size(4, 5), plain.size(5, 4), plain.colour(Colour.RGB));
  }

  @ParameterizedTest
  @MethodSource("others")
  void rejectsAFormatThatDoesNotFitTheNetwork(PictureFormat format) {
    String message = rejection(TinyImages.NETWORK, ModelOptions.seed(1).pictures(format));
    assertTrue(message.startsWith("pictures must "), message);
    assertTrue(message.contains("[4, 4, 1]") && message.contains(format.toString()), message);
  }

  @Test
  void rejectsANetworkWithOneClass() {
    Network one = Network.of(Shape.of(4, 4, 1), flatten(), dense(1));
    String message = rejection(one, ModelOptions.seed(1));
    assertTrue(message.contains("at least two") && message.contains("[1]"), message);
  }

  private static String rejection(Network network, ModelOptions options) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> Model.of(network, Tasks.classification(), adam(0.1), options).close())
        .getMessage();
  }
}
