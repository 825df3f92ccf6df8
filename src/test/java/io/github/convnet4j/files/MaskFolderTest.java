package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.picture.PictureFormat;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFolderTest {
  @TempDir private Path folder;

  @Test
  void readsAMaskForEachPicture() {
    for (int i = 0; i < 10; i++) {
      picture("images/below/%d.png".formatted(i), 2, 3, i);
      mask("masks/below/%d.png".formatted(i), 3, 0, 1, 2, i % 3, 0, 0);
    }
    ExampleParts parts = MaskFolder.of(folder).read();
    assertEquals(List.of("0", "1", "2"), parts.names());
    assertEquals(
        "pictures from %s (train 8, validation 1, test 1), 3 classes: 0, 1, 2".formatted(folder),
        parts.lines().get(0));
    Source all = parts.all();
    assertEquals("[[2, 3, 1]] [[2, 3]]", all.inputShapes() + " " + all.targetShapes());
    for (int i = 0; i < all.size(); i++) {
      ExampleBatch example = example(all, i);
      int shade = Math.round(255 * example.input()[0]);
      assertArrayEquals(new float[] {0, 1, 2, shade % 3, 0, 0}, example.target());
    }
  }

  /** The same numbers in each way of storing them. */
  @ParameterizedTest
  @ValueSource(strings = {"grey", "palette", "rgb", "bits", "grey16", "bmp"})
  void readsGrayMasksAndMasksWithAPalette(String kind) throws IOException {
    BufferedImage image =
        switch (kind) {
          case "palette" -> {
            byte[] reds = {9, (byte) 200, 0};
            yield new BufferedImage(
                2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3, reds, reds, reds));
          }
          case "rgb" -> new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
          case "bits" -> new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
          case "grey16" -> new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
          default -> new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        };
    WritableRaster raster = image.getRaster();
    for (int band = 0; band < raster.getNumBands(); band++) {
      raster.setSample(1, 0, band, 1);
    }
    picture("images/a.png", 1, 2, 0);
    String format = kind.equals("bmp") ? "bmp" : "png";
    TinyPictures.write(folder.resolve("masks/a." + format), image, format);
    assertArrayEquals(new float[] {0, 1}, example(MaskFolder.of(folder).read().all(), 0).target());
  }

  @Test
  void scaledMasksTakeTheNearestPixel() {
    picture("images/a.png", 2, 4, 9);
    mask("masks/a.png", 4, 0, 0, 7, 7, 1, 2, 3, 4);
    PictureFormat half = PictureFormat.asTheyAre().size(1, 2);
    MaskFolder masks = MaskFolder.of(folder).classNames("a b c d e f g h".split(" "));
    // The center of the first pixel is the corner of four; the one below and to the right is taken.
    assertArrayEquals(new float[] {2, 4}, example(masks.format(half).read().all(), 0).target());
    PictureFormat twice = PictureFormat.asTheyAre().size(4, 8);
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 7, 7, 7, 7},
        Arrays.copyOf(example(masks.format(twice).read().all(), 0).target(), 8));
  }

  @Test
  void whitePixelsOfBlackAndWhiteMasksAreClassOne() {
    pairs(3, 255, 0);
    ExampleParts parts = MaskFolder.of(folder).read();
    assertEquals(2, parts.names().size());
    assertArrayEquals(new float[] {1, 0}, example(parts.all(), 1).target());
    assertTrue(parts.lines().get(1).contains("255"), parts.lines().toString());
    String named = MaskFolder.of(folder).classNames("rest", "cell").read().names().toString();
    assertEquals("[rest, cell]", named);
    assertTrue(message(MaskFolder.of(folder).unlabeled(255)).contains("class 0"));
    assertTrue(message(MaskFolder.of(folder).classNames("a", "b", "c")).contains("255"));
  }

  @Test
  void unlabeledPixelsAreNoClass() {
    pairs(3, 0, 1, 255);
    ExampleParts parts = MaskFolder.of(folder).unlabeled(255).read();
    assertEquals(List.of("0", "1"), parts.names());
    assertArrayEquals(new float[] {0, 1, 255}, example(parts.all(), 0).target());
    String message = message(MaskFolder.of(folder));
    assertTrue(message.contains("0, 1, 255") && message.contains("unlabeled"), message);
  }

  @Test
  void aValueWithoutAClassIsReportedWithItsFile() {
    pairs(3, 0, 1);
    picture("images/late.png", 1, 2, 0);
    mask("masks/late.png", 2, 0, 4);
    String message = message(MaskFolder.of(folder).classNames("rest", "cell"));
    assertTrue(message.startsWith(folder.resolve("masks/late.png") + " has the value 4"), message);
  }

  @Test
  void refusesMasksOfOnlyOneClass() {
    pairs(3, 0, 0);
    assertTrue(message(MaskFolder.of(folder)).startsWith(folder + ": the masks have only"));
    assertEquals(2, MaskFolder.of(folder).classNames("rest", "cell").read().names().size());
  }

  @Test
  void refusesPicturesWithoutAMaskUnlessAskedToLeaveThemOut() {
    pairs(3, 0, 1);
    picture("images/alone.png", 1, 2, 0);
    mask("masks/spare.png", 2, 0, 1);
    String message = message(MaskFolder.of(folder));
    assertTrue(message.startsWith("1 of the 4 pictures") && message.contains("alone"), message);
    assertEquals(
        List.of(
            "Left out: 1 file without a mask: images/alone.png",
            "Left out: 1 file without a picture of the same name: masks/spare.png"),
        MaskFolder.of(folder).skipUnreadable().read().lines().stream().skip(1).toList());
  }

  @Test
  void refusesAMaskOfAnotherSizeThanItsPicture() {
    pairs(2, 0, 1);
    picture("images/x.png", 1, 2, 0);
    mask("masks/x.png", 1, 0, 1);
    String message = message(MaskFolder.of(folder));
    assertTrue(message.startsWith(folder.resolve("masks/x.png") + " is 2x1"), message);
    assertTrue(message.contains("x.png is 1x2"), message);
    assertEquals(2, MaskFolder.of(folder).skipUnreadable().read().all().size());
  }

  @ParameterizedTest
  @CsvSource({"colors, has colors", "jpeg, JPEG", "transparent, transparent", "large, 300"})
  void refusesMasksThatAreNotNumbers(String kind, String problem) {
    pairs(2, 0, 1);
    picture("images/x.png", 1, 2, 0);
    switch (kind) {
      case "colors" -> TinyPictures.colour(folder.resolve("masks/x.png"), 1, 2, 0xffff0000);
      case "transparent" -> TinyPictures.colour(folder.resolve("masks/x.png"), 1, 2, 0x80000000);
      case "jpeg" ->
          TinyPictures.write(
              folder.resolve("masks/x.jpg"),
              new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY),
              "jpg");
      default -> {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 300);
        TinyPictures.write(folder.resolve("masks/x.png"), image, "png");
      }
    }
    String message = message(MaskFolder.of(folder));
    assertTrue(message.startsWith(folder.resolve("masks/x.").toString()), message);
    assertTrue(message.contains(problem), message);
  }

  @Test
  void usesFoldersOfPartsAsTheyAre() {
    for (String part : List.of("train", "val", "test")) {
      picture(part + "/images/a.png", 1, 2, 0);
      mask(part + "/masks/a.png", 2, 0, 1);
    }
    picture("train/images/b.png", 1, 2, 0);
    mask("train/masks/b.png", 2, 1, 1);
    assertTrue(MaskFolder.isMaskFolder(folder));
    ExampleParts parts = MaskFolder.of(folder).read();
    assertEquals(2, parts.train().size());
    assertEquals(1, parts.validation().size());
    assertEquals(1, parts.test().size());
  }

  @Test
  void refusesTwoPicturesOfTheSameName() {
    pairs(2, 0, 1);
    TinyPictures.write(
        folder.resolve("images/0.bmp"),
        new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY),
        "bmp");
    String message = message(MaskFolder.of(folder));
    assertTrue(message.contains("0.bmp") && message.contains("0.png"), message);
  }

  @Test
  void refusesFoldersWithoutPicturesOrMasks() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    assertTrue(message(MaskFolder.of(nowhere)).startsWith(nowhere + " does not exist"));
    assertFalse(MaskFolder.isMaskFolder(nowhere));
    Files.createDirectories(folder.resolve("images"));
    assertFalse(MaskFolder.isMaskFolder(folder));
    assertTrue(message(MaskFolder.of(folder)).startsWith(folder.resolve("masks") + " does not"));
    Files.createDirectories(folder.resolve("masks"));
    assertTrue(message(MaskFolder.of(folder)).startsWith(folder.resolve("images") + " holds no"));
  }

  @Test
  void refusesNamesAndNumbersThatAreAmbiguous() {
    MaskFolder masks = MaskFolder.of(folder);
    for (Runnable mistake :
        List.<Runnable>of(
            () -> masks.classNames("a"),
            () -> masks.classNames("a", "a"),
            () -> masks.unlabeled(256),
            () -> masks.classNames("a", "b").unlabeled(1))) {
      assertThrows(IllegalArgumentException.class, mistake::run);
    }
  }

  /** Writes pictures of one row, all with this mask. */
  private void pairs(int count, int... values) {
    for (int i = 0; i < count; i++) {
      picture("images/%d.png".formatted(i), 1, values.length, i);
      mask("masks/%d.png".formatted(i), values.length, values);
    }
  }

  private void picture(String name, int height, int width, int shade) {
    TinyPictures.grey(folder.resolve(name), height, width, shade);
  }

  private void mask(String name, int width, int... values) {
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
    IntStream.range(0, values.length)
        .forEach(i -> image.getRaster().setSample(i % width, i / width, 0, values[i]));
    TinyPictures.write(folder.resolve(name), image, "png");
  }

  private static ExampleBatch example(Source source, int index) {
    ExampleBatch batch = source.newBatch(1);
    source.fill(new int[] {index}, batch);
    return batch;
  }

  private static String message(MaskFolder masks) {
    return assertThrows(DataException.class, masks::read).getMessage();
  }
}
