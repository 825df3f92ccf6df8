package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.DicomFiles.Syntax;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures are arithmetic, or those of pydicom; {@code compare_dicom.py} compares whole files. */
class DicomSliceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT_LITTLE", "EXPLICIT_LITTLE", "EXPLICIT_BIG"})
  void readsUncompressedFiles(Syntax syntax) {
    byte[] file =
        DicomFiles.grey(syntax, 2, 3).rescale(2, -1024).values(0, 1, 512, 1024, 2048, 4095);
    DicomSlice slice = DicomSlice.read(file);
    assertEquals(2, slice.height());
    assertEquals(3, slice.width());
    assertEquals(1, slice.channels());
    assertArrayEquals(new float[] {-1024, -1022, 0, 1024, 3072, 7166}, slice.values());
  }

  /** The bits above those that are stored may hold anything. */
  @Test
  void takesTheStoredBitsWithTheirSign() {
    DicomFiles file = DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 3);
    int[] values = {0xF001, 0x0FFF, 0x0800};
    assertArrayEquals(new float[] {1, 4095, 2048}, DicomSlice.read(file.values(values)).values());
    file.number(DicomFile.SIGNED, 1);
    assertArrayEquals(new float[] {1, -1, -2048}, DicomSlice.read(file.values(values)).values());
    file.bits(16, 16);
    assertArrayEquals(
        new float[] {-1, -32768, 32767}, DicomSlice.read(file.values(-1, -32768, 32767)).values());
  }

  /**
   * The window of PS3.3 C.11.2.1.2.1 with center 40 and width 400: black up to -160, white above
   * 239, in between ((x - 39.5) / 399 + 0.5) * 255.
   */
  @Test
  void appliesTheFirstWindowAsAViewerDoes() {
    byte[] file =
        DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 7)
            .rescale(1, -1024)
            .window("40\\-600", "400\\1500")
            .values(0, 864, 865, 1024, 1064, 1263, 4095);
    DicomSlice slice = DicomSlice.read(file);
    assertEquals(List.of(DicomWindow.of(40, 400), DicomWindow.of(-600, 1500)), slice.windows());
    assertArrayEquals(new int[] {0, 0, 1, 102, 128, 255, 255}, greys(slice.picture()));
    assertArrayEquals(
        greys(slice.picture(DicomWindow.of(-600, 1500))),
        greys(PictureFormat.asTheyAre().decode(file), slice.windows().get(1), slice.values()));
  }

  private static int[] greys(Picture picture) {
    byte[] pixels = picture.pixels();
    return IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
  }

  /** The formula for each value, independent of the picture, which only gives the size. */
  private static int[] greys(Picture sameSize, DicomWindow window, float[] values) {
    assertEquals(values.length, sameSize.pixels().length);
    return IntStream.range(0, values.length)
        .map(
            i -> {
              double low = window.center() - 0.5 - (window.width() - 1) / 2;
              double high = window.center() - 0.5 + (window.width() - 1) / 2;
              return values[i] <= low
                  ? 0
                  : values[i] > high
                      ? 255
                      : (int)
                          Math.round(
                              ((values[i] - (window.center() - 0.5)) / (window.width() - 1) + 0.5)
                                  * 255);
            })
        .toArray();
  }

  /** pydicom's apply_windowing of 0, 50, 100, 150 and 200 with center 100 and width 100. */
  @ParameterizedTest
  @CsvSource({
    "LINEAR, 0 0 129 255 255",
    "LINEAR_EXACT, 0 0 128 255 255",
    "SIGMOID, 5 30 128 225 250"
  })
  void appliesTheFunctionOfTheWindow(String function, String expected) {
    byte[] file =
        DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 5)
            .window("100", "100")
            .text(DicomFile.VOI_FUNCTION, "CS", function)
            .values(0, 50, 100, 150, 200);
    assertArrayEquals(
        Arrays.stream(expected.split(" ", -1)).mapToInt(Integer::parseInt).toArray(),
        greys(DicomSlice.read(file).picture()));
  }

  @Test
  void showsTheFullRangeWithoutPaddingIfThereIsNoWindow() {
    DicomFiles file = DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 4);
    assertArrayEquals(
        new int[] {0, 64, 128, 255}, greys(DicomSlice.read(file.values(0, 1, 2, 4)).picture()));
    file.number(DicomFile.PADDING_VALUE, 0);
    assertArrayEquals(
        new int[] {0, 0, 85, 255}, greys(DicomSlice.read(file.values(0, 1, 2, 4)).picture()));
    assertArrayEquals(
        new int[] {0, 0, 0, 0}, greys(DicomSlice.read(file.values(0, 0, 0, 0)).picture()));
  }

  @Test
  void keepsAllLevelsOfTwelveBits() {
    int[] values = IntStream.range(0, 4096).toArray();
    DicomSlice slice =
        DicomSlice.read(DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 64, 64).values(values));
    assertEquals(256, Arrays.stream(greys(slice.picture())).distinct().count());
  }

  @Test
  void invertsImagesInWhichLowValuesAreWhite() {
    DicomFiles file = DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 2);
    file.text(DicomFile.PHOTOMETRIC, "CS", "MONOCHROME1");
    assertArrayEquals(new int[] {255, 0}, greys(DicomSlice.read(file.values(1, 9)).picture()));
    assertArrayEquals(new float[] {1, 9}, DicomSlice.read(file.values(1, 9)).values());
    file.text(DicomFile.PRESENTATION_SHAPE, "CS", "IDENTITY");
    assertArrayEquals(new int[] {0, 255}, greys(DicomSlice.read(file.values(1, 9)).picture()));
  }

  @Test
  void readsColors() {
    DicomFiles file = DicomFiles.rgb(Syntax.EXPLICIT_LITTLE, 1, 2);
    Picture picture =
        DicomSlice.read(file.bytes((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 255))
            .picture();
    assertArrayEquals(new int[] {1, 2, 3, 4, 5, 255}, greys(picture));
    file.number(DicomFile.PLANAR, 1);
    assertArrayEquals(
        new int[] {1, 3, 5, 2, 4, 6},
        greys(
            DicomSlice.read(file.bytes((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6))
                .picture()));
    // Luma 76, chroma 85 and 255 are pure red.
    file.number(DicomFile.PLANAR, 0).text(DicomFile.PHOTOMETRIC, "CS", "YBR_FULL");
    assertArrayEquals(
        new int[] {254, 0, 0, 128, 128, 128},
        greys(
            DicomSlice.read(
                    file.bytes(
                        (byte) 76, (byte) 85, (byte) 255, (byte) 128, (byte) 128, (byte) 128))
                .picture()));
  }

  /** Two segments, the high bytes first: a run of three and a literal, then literals. */
  @Test
  void decodesRuns() {
    byte[] frame = new byte[64 + 4 + 6];
    frame[0] = 2;
    frame[4] = 64;
    frame[8] = 68;
    System.arraycopy(new byte[] {-2, 1, 0, 2}, 0, frame, 64, 4);
    System.arraycopy(new byte[] {3, 10, 20, 30, 40, -128}, 0, frame, 68, 6);
    DicomFiles file = DicomFiles.grey(Syntax.RLE, 2, 2);
    assertArrayEquals(
        new float[] {266, 276, 286, 552}, DicomSlice.read(file.compressed(frame)).values());
    frame[8] = 74;
    assertTrue(refused(file.compressed(frame)).contains("too early"));
    frame[0] = 3;
    assertTrue(refused(file.compressed(frame)).contains("2 run-length encoded"));
  }

  @Test
  void decodesJpeg() throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 128; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, 90);
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    DicomFiles file = DicomFiles.grey(Syntax.JPEG, 8, 16).bits(8, 8);
    float[] values = DicomSlice.read(file.compressed(jpeg.toByteArray())).values();
    assertEquals(128, values.length);
    for (float value : values) {
      assertEquals(90, value, 1);
    }
    String other =
        refused(DicomFiles.grey(Syntax.JPEG, 8, 17).bits(8, 8).compressed(jpeg.toByteArray()));
    assertTrue(other.contains("8x16") && other.contains("8x17"), other);
    assertTrue(
        refused(DicomFiles.grey(Syntax.JPEG_LS, 8, 16).bits(8, 8).compressed(new byte[8]))
            .contains("JPEG-LS"));
  }

  @Test
  void refusesOtherImagesWithWhatToDo() {
    byte[] pixels = {1, 2};
    assertTrue(refused(grey().text(DicomFile.FRAMES, "IS", "20").values(1)).contains("20 frames"));
    assertTrue(
        refused(grey().text(DicomFile.PHOTOMETRIC, "CS", "PALETTE COLOR").values(1))
            .contains("palette"));
    assertTrue(refused(grey().bits(32, 32).values(1, 1)).contains("32 bits"));
    assertTrue(refused(grey().number(DicomFile.HIGH_BIT, 15).values(1)).contains("bit 15"));
    assertTrue(refused(grey().window("40", "0").values(1)).contains("width"));
    assertTrue(refused(grey().window("x", "1").values(1)).contains("0028,1050"));
    assertTrue(refused(pixels).contains("DICM"));
  }

  private static DicomFiles grey() {
    return DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 1);
  }

  /** A file that ends anywhere gives a sentence. */
  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT_LITTLE", "EXPLICIT_LITTLE", "EXPLICIT_BIG"})
  void tellsTruncatedFiles(Syntax syntax) {
    byte[] file = DicomFiles.grey(syntax, 2, 2).window("40", "400").values(1, 2, 3, 4);
    for (int length = 0; length < file.length; length++) {
      refused(Arrays.copyOf(file, length));
    }
  }

  /** Changed bytes give an image or a sentence, never another exception. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void survivesChangedBytes(int seed) {
    byte[] frame = new byte[64 + 12];
    frame[0] = 2;
    frame[4] = 64;
    frame[8] = 70;
    List<byte[]> files =
        List.of(
            DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 4, 4).window("1", "2").values(new int[16]),
            DicomFiles.grey(Syntax.IMPLICIT_LITTLE, 4, 4).values(new int[16]),
            DicomFiles.grey(Syntax.RLE, 2, 2).compressed(frame));
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] file = files.get(i % files.size()).clone();
      for (int change = 0; change <= i % 4; change++) {
        file[132 + random.nextInt(file.length - 132)] = (byte) random.nextInt(256);
      }
      try {
        DicomSlice.read(file).picture();
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("DICOM file"), e.getMessage());
      }
    }
  }

  /** The size that a file declares costs no memory before it is compared with the pixels. */
  @Test
  void refusesSizesThatTheFileCannotHold() {
    assertTrue(
        refused(DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 9000, 9000).values(1))
            .contains("9000x9000"));
    assertTrue(
        refused(DicomFiles.grey(Syntax.RLE, 9000, 9000).compressed(new byte[80]))
            .contains("9000x9000"));
    assertTrue(
        refused(DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 65535, 65535).values(1))
            .contains("65535x65535"));
    assertTrue(refused(DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 0, 9).values(1)).contains("0 rows"));
  }

  @Test
  void knowsPatientSeriesAndPlace() {
    DicomHeader header = DicomSlice.read(grey().in("P7", "1.2.3", 4, -12.5).values(1)).header();
    assertEquals(
        new DicomHeader(
            Optional.of("P7"), Optional.of("1.2.3"), Optional.of(4.0), Optional.of(-12.5)),
        header);
  }

  /** A DICOM file is a picture like others, in the window that the format asks for. */
  @Test
  void isAPicture() throws IOException {
    byte[] content =
        DicomFiles.grey(Syntax.EXPLICIT_LITTLE, 1, 2).window("500", "1000").values(0, 250);
    Path file = Files.write(folder.resolve("IM0001"), content);
    assertEquals(new PictureFormat.Size(1, 2), Picture.size(file));
    assertArrayEquals(new int[] {0, 64}, greys(Picture.read(file)));
    assertArrayEquals(new int[] {0, 64}, greys(Picture.decode(content)));
    PictureFormat narrow = PictureFormat.asTheyAre().range(0, 500);
    assertArrayEquals(new int[] {0, 128}, greys(narrow.read(file)));
    assertEquals(Optional.of(PictureKind.DICOM), PictureKind.in(file));
  }

  /** pydicom's figures for its own sample files: the sum, the smallest and the largest value. */
  @ParameterizedTest
  @CsvSource({"CT_small.dcm, -1950906, -896, 1167", "MR_small.dcm, 2125338, 127, 2145"})
  void readsTheSamplesOfPydicom(String name, double sum, float smallest, float largest) {
    Path file = Path.of(System.getenv().getOrDefault("CONVNET4J_DATA", "."), "dicom", name);
    assumeTrue(Files.exists(file), "needs dicom in the folder CONVNET4J_DATA");
    float[] values = DicomSlice.read(file).values();
    double found = 0;
    float low = values[0];
    float high = values[0];
    for (float value : values) {
      found += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    assertEquals(sum, found);
    assertEquals(smallest, low);
    assertEquals(largest, high);
  }

  private static String refused(byte[] file) {
    return assertThrows(DataException.class, () -> DicomSlice.read(file)).getMessage();
  }
}
