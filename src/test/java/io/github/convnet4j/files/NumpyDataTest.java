package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class NumpyDataTest {
  @TempDir private Path folder;

  /** Each image is filled with its number. */
  private static byte[] images(int from, int count) {
    byte[] pixels = new byte[4 * count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (from + i / 4);
    }
    return NumpyFiles.bytes(pixels, count, 2, 2);
  }

  /** The class of each image is its number modulo 3. */
  private static long[] labels(int from, int count) {
    return LongStream.range(from, from + count).map(i -> i % 3).toArray();
  }

  /** The names of Keras: the last part is for testing, and a twelfth of the first to validate. */
  @Test
  void readsTheArraysOfKeras() throws IOException {
    DataSets sets =
        NumpyData.of(
                npz(
                    "x_train", images(0, 36),
                    "y_train", NumpyFiles.integers(labels(0, 36), 36),
                    "x_test", images(100, 6),
                    "y_test", NumpyFiles.integers(labels(100, 6), 6)))
            .read();
    assertEquals(3, sets.validation().size());
    assertEquals(33, sets.train().size());
    assertEquals(List.of("0", "1", "2"), sets.classNames());
    assertArrayEquals(new byte[] {103, 103, 103, 103}, sets.test().image(3));
    assertEquals(103 % 3, sets.test().label(3));
    for (DataSet part : List.of(sets.train(), sets.validation())) {
      for (int i = 0; i < part.size(); i++) {
        assertEquals((part.image(i)[0] & 0xff) % 3, part.label(i));
      }
    }
  }

  /** The names of MedMNIST, whose labels are columns. */
  @Test
  void readsTheArraysOfMedMnist() throws IOException {
    DataSets sets =
        NumpyData.of(
                npz(
                    "train_images", images(0, 5),
                    "val_images", images(50, 4),
                    "test_images", images(100, 3),
                    "train_labels", NumpyFiles.bytes(new byte[] {0, 1, 2, 0, 1}, 5, 1),
                    "val_labels", NumpyFiles.bytes(new byte[] {2, 1, 0, 2}, 4, 1),
                    "test_labels", NumpyFiles.bytes(new byte[] {1, 1, 0}, 3, 1)))
            .classNames("a", "b", "c")
            .read();
    assertEquals(List.of("a", "b", "c"), sets.classNames());
    assertArrayEquals(new int[] {0, 1, 2, 0, 1}, sets.train().labels());
    assertArrayEquals(new int[] {2, 1, 0, 2}, sets.validation().labels());
    assertArrayEquals(new int[] {1, 1, 0}, sets.test().labels());
    assertEquals(50, sets.validation().image(0)[0]);
  }

  @Test
  void drawsMissingPartsClassByClassTheSameEachTime() throws IOException {
    Path file =
        npz("X", images(0, 60), "y", NumpyFiles.integers(labels(0, 60), 60), "more", images(0, 1));
    DataSets sets = NumpyData.of(file).read();
    assertArrayEquals(new int[] {2, 2, 2}, sets.test().imagesPerClass());
    assertEquals(54, sets.train().size() + sets.validation().size());
    assertArrayEquals(sets.test().labels(), NumpyData.of(file).read().test().labels());
    assertEquals(60, IntStream.of(all(sets)).distinct().count());
    assertTrue(sets.notes().get(0).contains("more"), sets.notes().toString());
    assertEquals(60, NumpyData.of(file).readAll().size());
  }

  private static int[] all(DataSets sets) {
    DataSet all = sets.all();
    return IntStream.range(0, all.size()).map(i -> all.image(i)[0]).toArray();
  }

  @Test
  void readsTwoFiles() throws IOException {
    Path images = Files.write(folder.resolve("i.npy"), images(0, 30));
    Path labels = Files.write(folder.resolve("l.npy"), NumpyFiles.integers(labels(0, 30), 30));
    DataSet all = NumpyData.of(images, labels).readAll();
    assertEquals(7, all.image(7)[0]);
    assertEquals(7 % 3, all.label(7));
  }

  @Test
  void readsOneHotLabelsAsClasses() throws IOException {
    byte[] oneHot = new byte[9];
    oneHot[2] = 1;
    oneHot[3] = 1;
    oneHot[7] = 1;
    NumpyData data = NumpyData.of(npz("x", images(0, 3), "y", NumpyFiles.bytes(oneHot, 3, 3)));
    assertFalse(data.hasTargets());
    assertArrayEquals(new int[] {2, 0, 1}, data.readAll().labels());
  }

  @Test
  void readsSeveralLabelsAsTargets() throws IOException {
    byte[] several = {1, 1, 0, 0, 0, 1, 1, 0};
    NumpyData data =
        NumpyData.of(
            npz(
                "train_images", images(0, 3),
                "train_labels", NumpyFiles.bytes(Arrays.copyOf(several, 6), 3, 2),
                "test_images", images(9, 1),
                "test_labels", NumpyFiles.bytes(Arrays.copyOfRange(several, 6, 8), 1, 2)));
    assertTrue(data.hasTargets());
    ExampleParts parts = data.readTargets();
    assertEquals(1, parts.test().size());
    assertEquals(List.of(Shape.of(2)), parts.train().targetShapes());
    String message = assertThrows(DataException.class, data::read).getMessage();
    assertTrue(message.contains("train_labels") && message.contains("multi-label"), message);
  }

  /** Pixels as floats, and the value of the largest as the network sees it. */
  @ParameterizedTest
  @CsvSource({"1, 1", "0.7, 0.7", "16, 1", "255, 1", "200.5, 0.7862745", "12, 0.75"})
  void recognizesTheUsualRanges(float largest, float seen) throws IOException {
    byte[] pixels = NumpyFiles.floats(new float[] {0, largest, 0, 0, 0, 0}, 3, 2, 1);
    DataSet all = data(pixels).readAll();
    assertEquals(seen, all.imageFloats(0)[1], 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 256", "0, 4095"})
  void asksForOtherRanges(float smallest, float largest) throws IOException {
    byte[] pixels = NumpyFiles.floats(new float[] {smallest, largest, 0, 0, 0, 0}, 3, 2, 1);
    String message = assertThrows(DataException.class, () -> data(pixels).readAll()).getMessage();
    assertTrue(message.contains("--range"), message);
    float[] seen = data(pixels).range(smallest, largest).readAll().imageFloats(0);
    assertArrayEquals(new float[] {0, 1}, seen);
  }

  /** Values of 12 bits in 16 keep all their levels. */
  @Test
  void keepsAllLevelsOfTwelveBits() throws IOException {
    ByteBuffer values = ByteBuffer.allocate(2 * 4096).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 4096; i++) {
      values.putShort((short) i);
    }
    Path file =
        npz(
            "x", NumpyFiles.npy("<u2", values.array(), 4, 32, 32),
            "y", NumpyFiles.integers(labels(0, 4), 4));
    DataSet all = NumpyData.of(file).range(0, 4095).readAll();
    long levels =
        IntStream.range(0, 4)
            .mapToObj(all::imageFloats)
            .flatMap(image -> IntStream.range(0, image.length).mapToObj(i -> image[i]))
            .distinct()
            .count();
    assertEquals(4096, levels);
  }

  @Test
  void namesPixelsThatAreNotFinite() throws IOException {
    byte[] pixels = NumpyFiles.floats(new float[] {0, 1, 0, Float.NaN, 0, 0}, 3, 2, 1);
    String message = assertThrows(DataException.class, () -> data(pixels).readAll()).getMessage();
    assertTrue(message.contains("pixel 1 of image 1") && message.contains("NaN"), message);
  }

  private NumpyData data(byte[] pixels) throws IOException {
    return NumpyData.of(npz("x", pixels, "y", NumpyFiles.integers(labels(0, 3), 3)));
  }

  @Test
  void acceptsPlanesAndFlatSquares() throws IOException {
    assertEquals(Shape.of(2, 1, 5), shape(NumpyFiles.bytes(new byte[30], 3, 2, 1, 5)));
    assertEquals(Shape.of(5, 5, 1), shape(NumpyFiles.bytes(new byte[75], 3, 25)));
    assertEquals(Shape.of(5, 5, 3), shape(NumpyFiles.bytes(new byte[225], 3, 75)));
  }

  private Shape shape(byte[] pixels) throws IOException {
    return data(pixels).readAll().inputShapes().get(0);
  }

  @ParameterizedTest
  @CsvSource({"3x3x32x32, np.transpose", "3x7, reshape", "3, height", "2x1x1x1x1, height"})
  void saysHowToGiveOtherShapes(String text, String remedy) throws IOException {
    long[] sizes = Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray();
    int count = Math.toIntExact(Shape.of(sizes).size());
    byte[] pixels = NumpyFiles.bytes(new byte[count], sizes);
    String message = assertThrows(DataException.class, () -> shape(pixels)).getMessage();
    assertTrue(message.contains(remedy) && message.contains(": x "), message);
  }

  @Test
  void saysWhatDoesNotBelongTogether() throws IOException {
    String number = refused("x", images(0, 4), "y", NumpyFiles.integers(labels(0, 3), 3));
    assertTrue(number.contains("3 images") && number.contains("4 images"), number);
    String one = refused("x", images(0, 3), "y", NumpyFiles.integers(new long[3], 3));
    assertTrue(one.contains("label 0"), one);
    String negative =
        refused("x", images(0, 3), "y", NumpyFiles.integers(new long[] {0, -1, 1}, 3));
    assertTrue(negative.contains("-1"), negative);
    String names = refused("a", images(0, 3), "b", images(0, 3));
    assertTrue(names.contains("a, b") && names.contains("x_train"), names);
    String missing =
        refused("x_train", images(0, 3), "y_train", images(0, 3), "x_test", images(0, 3));
    assertTrue(missing.contains("x_test"), missing);
  }

  private String refused(Object... arrays) throws IOException {
    Path file = npz(arrays);
    return assertThrows(DataException.class, () -> NumpyData.of(file).read()).getMessage();
  }

  private Path npz(Object... namesAndArrays) throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (int i = 0; i < namesAndArrays.length; i += 2) {
      arrays.put((String) namesAndArrays[i], (byte[]) namesAndArrays[i + 1]);
    }
    return NumpyFiles.npz(folder.resolve("data.npz"), arrays);
  }
}
