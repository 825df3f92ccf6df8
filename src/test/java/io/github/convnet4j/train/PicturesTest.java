package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.files.PictureList;
import io.github.convnet4j.files.TinyPictures;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Interpolation;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

  /** Two classes of pictures of various sizes, wider than high. */
  private DataSets pictures(PictureFormat format) {
    for (int i = 0; i < 10; i++) {
      TinyPictures.grey(folder.resolve("classes/dark/" + i + ".png"), 6, 9 + i, 3 * i);
      TinyPictures.grey(folder.resolve("classes/light/" + i + ".png"), 6, 9 + i, 250 - 3 * i);
    }
    return ImageFolder.of(folder.resolve("classes")).format(format).read();
  }

  private static final PictureFormat PADDED =
      PictureFormat.asTheyAre()
          .size(4, 4)
          .fit(Fit.PAD)
          .padding(Rgb.grey(200))
          .interpolation(Interpolation.BICUBIC)
          .antialias(false)
          .inverted(true);

  private static Model<Prediction> tiny(ModelOptions options) {
    return Model.of(TinyImages.NETWORK, Tasks.classification("dark", "light"), adam(0.1), options);
  }

  @Test
  void aModelRemembersTheFormatOfThePicturesThatItWasTrainedOn() {
    DataSets data = pictures(PADDED);
    PictureFormat expected = PADDED.colour(Colour.GREY);
    try (Model<Prediction> model = tiny(ModelOptions.seed(5))) {
      assertEquals(Optional.empty(), model.options().pictures());
      assertFalse(model.pictureFormat().inverted());
      model.fit(data.train(), FitOptions.epochs(1).batchSize(4).validateOn(data.validation()));
      assertEquals(Optional.of(expected), model.options().pictures());
      assertEquals(expected, model.pictureFormat());
      model.save(folder.resolve("model"));
      Path file = folder.resolve("classes/light/3.png");
      float[] answer = model.predict(file).probabilities();
      assertArrayEquals(model.predictPixels(expected.read(file).pixels()).probabilities(), answer);
      try (Model<Prediction> loaded = Model.load(folder.resolve("model"), Prediction.class)) {
        assertEquals(expected, loaded.pictureFormat());
        assertArrayEquals(answer, loaded.predict(file).probabilities());
        assertEquals(model.evaluate(data.test()), loaded.evaluate(data.test()));
      }
      try (Model<Prediction> resumed = tiny(ModelOptions.seed(5))) {
        resumed.resume(folder.resolve("model"));
        assertEquals(expected, resumed.pictureFormat());
      }
    }
  }

  static Stream<UnaryOperator<Source>> views() {
    return Stream.of(
        examples -> examples,
        examples -> examples.select(new int[] {1, 0}),
        examples -> ((DataSet) examples).subset(0, 2),
        examples -> DataSet.concat((DataSet) examples, ((DataSet) examples).subset(0, 1)));
  }

  @ParameterizedTest
  @MethodSource("views")
  void rejectsPicturesInAnotherFormatThanTheModels(UnaryOperator<Source> view) {
    Source inverted = view.apply(pictures(PADDED).test());
    Source plain = view.apply(pictures(PADDED.inverted(false)).test());
    FitOptions once = FitOptions.epochs(1);
    try (Model<Prediction> model = tiny(ModelOptions.seed(5).pictures(PADDED))) {
      for (Executable use :
          List.<Executable>of(
              () -> model.fit(plain, once),
              () -> model.fit(inverted, once.validateOn(plain)),
              () -> model.evaluate(plain),
              () -> model.predict(plain))) {
        String message = assertThrows(IllegalArgumentException.class, use).getMessage();
        assertTrue(message.contains("examples must be pictures"), message);
        assertTrue(message.contains(model.pictureFormat().toString()), message);
        assertTrue(message.contains("pictureFormat()"), message);
      }
      assertEquals(0, model.stepsTrained());
      model.evaluate(inverted);
      model.predict(TinyImages.of(3, 1)); // Arrays may be anything.
    }
  }

  @Test
  void predictsPicturesFromAnywhere() throws IOException {
    try (Model<Prediction> model = tiny(ModelOptions.seed(5).pictures(PADDED));
        Predictor<Prediction> predictor = model.predictor()) {
      byte[] file = Files.readAllBytes(COLOURED);
      BufferedImage image = Picture.read(COLOURED).toBufferedImage();
      float[] expected =
          model.predictPixels(model.pictureFormat().read(COLOURED).pixels()).probabilities();
      for (PicturePredictor<Prediction> any : List.of(model, predictor)) {
        assertEquals(model.pictureFormat(), any.pictureFormat());
        for (Prediction found :
            List.of(
                any.predict(COLOURED),
                any.predict(new ByteArrayInputStream(file)),
                any.predictEncoded(file),
                any.predict(image),
                any.predict(Picture.read(COLOURED)))) {
          assertArrayEquals(expected, found.probabilities());
        }
      }
      // The bytes of a file are not pixels.
      assertThrows(IllegalArgumentException.class, () -> model.predictPixels(file));
      DataException notAFile =
          assertThrows(DataException.class, () -> model.predictEncoded(new byte[16]));
      assertTrue(notAFile.getMessage().contains("not a picture"), notAFile::getMessage);
    }
  }

  @Test
  void predictsManyFilesInTheirOrder() throws IOException {
    pictures(PADDED);
    List<Path> files = new ArrayList<>(PictureList.in(folder.resolve("classes")).files());
    assertEquals(20, files.size());
    Collections.shuffle(files, new Random(3));
    Path damaged = Files.writeString(folder.resolve("damaged.png"), "a text");
    Path missing = folder.resolve("missing.png");
    try (Model<Prediction> model = tiny(ModelOptions.seed(5).pictures(PADDED))) {
      Map<Path, Prediction> answers = model.predictFiles(files);
      assertEquals(files, List.copyOf(answers.keySet()));
      for (Path file : files) {
        assertArrayEquals(
            model.predict(file).probabilities(), answers.get(file).probabilities(), 1e-6f);
      }
      files.add(7, damaged);
      files.add(0, missing);
      DataException refused = assertThrows(DataException.class, () -> model.predictFiles(files));
      assertTrue(refused.getMessage().startsWith(missing.toString()), refused::getMessage);
      List<Path> seen = new ArrayList<>();
      List<Path> unreadable = new ArrayList<>();
      model.predictFiles(
          files,
          new FilePredictionListener<Prediction>() {
            @Override
            public void predicted(Path file, Prediction prediction) {
              seen.add(file);
              assertArrayEquals(
                  answers.get(file).probabilities(), prediction.probabilities(), 1e-6f);
            }

            @Override
            public void unreadable(Path file, DataException reason) {
              seen.add(file);
              unreadable.add(file);
              assertTrue(reason.getMessage().startsWith(file.toString()), reason::getMessage);
            }
          });
      assertEquals(files, seen);
      assertEquals(List.of(missing, damaged), unreadable);
    }
  }

  @Test
  void theFormatOfAModelTrainedOnArraysCanBeRecordedOnce() {
    try (Model<Prediction> model = tiny(ModelOptions.seed(5))) {
      model.fit(TinyImages.of(20, 1), FitOptions.epochs(1));
      assertEquals(Optional.empty(), model.options().pictures());
      for (PictureFormat wrong : List.of(PADDED.size(5, 4), PADDED.colour(Colour.RGB))) {
        assertThrows(IllegalArgumentException.class, () -> model.recordPictureFormat(wrong));
      }
      model.recordPictureFormat(PADDED);
      model.recordPictureFormat(PADDED.colour(Colour.GREY));
      PictureFormat other = PADDED.fit(Fit.CROP);
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.recordPictureFormat(other))
              .getMessage();
      assertTrue(message.contains(other.toString()), message);
      model.save(folder.resolve("model"));
      try (Model<Prediction> loaded = Model.load(folder.resolve("model"), Prediction.class)) {
        assertEquals(PADDED.colour(Colour.GREY), loaded.pictureFormat());
      }
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
