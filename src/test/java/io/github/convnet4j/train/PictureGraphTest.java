package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Interpolation;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Pictures that are decoded and converted in a graph have the pixels that Java computes. */
class PictureGraphTest {
  private static final Path PICTURES = Path.of("src/test/resources/io/github/convnet4j/picture");
  private static final Path KINDS = PICTURES.resolve("kinds");

  /** Rounding differs by one step of 255. */
  private static final int TOLERANCE = 1;

  private static final PictureFormat SMALL = PictureFormat.asTheyAre().size(16, 12);

  /** Returns the pixels of each file in a format, as a graph converts them. */
  private static float[] convert(PictureFormat format, List<Path> files) throws IOException {
    byte[][] contents = new byte[files.size()][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = Files.readAllBytes(files.get(i));
    }
    try (NativeGraph graph = NativeGraph.open()) {
      Placeholder<TString> input =
          graph.ops().placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      Operand<TFloat32> pixels = PictureGraph.convert(graph.ops(), input, format);
      assertEquals(format.size().orElseThrow().height(), pixels.shape().get(1));
      try (TString all = TString.tensorOfBytes(NdArrays.vectorOfObjects(contents));
          Result result = graph.session().runner().feed(input, all).fetch(pixels).run()) {
        return Tensors.floats(result.get(0));
      }
    }
  }

  private static void assertAgrees(PictureFormat format, List<Path> files) throws IOException {
    float[] found = convert(format, files);
    int each = found.length / files.size();
    for (int f = 0; f < files.size(); f++) {
      byte[] expected = format.read(files.get(f)).pixels();
      assertEquals(expected.length, each);
      for (int i = 0; i < each; i++) {
        int pixel = i;
        Path file = files.get(f);
        float value = 255 * found[f * each + i];
        assertEquals(
            Byte.toUnsignedInt(expected[i]),
            value,
            TOLERANCE + 1e-3,
            () -> "%s, value %d, %s".formatted(file, pixel, format));
      }
    }
  }

  static Stream<PictureFormat> formats() {
    PictureFormat padded = SMALL.padding(new Rgb(200, 30, 77));
    return Arrays.stream(Fit.values())
        .flatMap(
            fit ->
                Arrays.stream(Interpolation.values())
                    .flatMap(
                        how ->
                            Stream.of(
                                padded.fit(fit).interpolation(how).colour(Colour.RGB),
                                padded
                                    .size(70, 90)
                                    .fit(fit)
                                    .interpolation(how)
                                    .antialias(false)
                                    .colour(Colour.GREY)
                                    .inverted(true))));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void bringsPicturesToTheSizeAsJavaDoes(PictureFormat format) throws IOException {
    assertAgrees(
        format,
        List.of(
            KINDS.resolve("rgb.jpg"), KINDS.resolve("rgba-8.png"), KINDS.resolve("gray-8.png")));
  }

  /**
   * PNG and JPEG files of all kinds, without those that a camera turned, and the one that JDKs read
   * differently ({@code PictureKindsTest}).
   */
  static Stream<Path> kinds() throws IOException {
    try (Stream<Path> files = Files.list(KINDS)) {
      List<Path> readable =
          files
              .filter(file -> file.toString().matches(".*\\.(png|jpg)"))
              .filter(file -> !file.getFileName().toString().matches("exif.*|rgb-440.*"))
              .filter(PictureGraphTest::isRead)
              .sorted()
              .toList();
      assertTrue(readable.size() > 30, readable::toString);
      return readable.stream();
    }
  }

  private static boolean isRead(Path file) {
    try {
      return SMALL.read(file).height() > 0;
    } catch (DataException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void decodesAsJavaDoes(Path file) throws IOException {
    assertAgrees(SMALL.colour(Colour.RGB), List.of(file));
    assertAgrees(SMALL.colour(Colour.GREY), List.of(file));
  }

  @Test
  void theRangeIsForSixteenBitsOnly() throws IOException {
    assertAgrees(
        SMALL.colour(Colour.GREY).range(300, 4095),
        List.of(KINDS.resolve("gray-16-of-12.png"), KINDS.resolve("gray-8.png")));
  }

  /** The first bytes of files that declare more pixels than they have, and than are allowed. */
  static Stream<byte[]> huge() throws IOException {
    byte[] png = Files.readAllBytes(KINDS.resolve("rgb-8.png"));
    byte[] jpeg = Files.readAllBytes(KINDS.resolve("rgb.jpg"));
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    return Stream.of(
        ByteBuffer.wrap(png.clone()).putInt(16, 8193).putInt(20, 8192).array(),
        ByteBuffer.wrap(png.clone()).putInt(16, Integer.MAX_VALUE).putInt(20, 10).array(),
        ByteBuffer.wrap(jpeg.clone())
            .putShort(frame + 5, (short) 60_000)
            .putShort(frame + 7, (short) 60_000)
            .array());
  }

  @ParameterizedTest
  @MethodSource("huge")
  void picturesOfTooManyPixelsAreRefusedBeforeTheyAreDecoded(byte[] file, @TempDir Path folder)
      throws IOException {
    Path path = Files.write(folder.resolve("huge"), file);
    TFInvalidArgumentException fault =
        assertThrows(TFInvalidArgumentException.class, () -> convert(SMALL, List.of(path)));
    assertTrue(
        fault.getMessage().contains("at most " + PictureGraph.MOST_PIXELS), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kinds/transparent.gif",
        "kinds/palette-8.bmp",
        "kinds/rgb.tif",
        "kinds/lossless-alpha.webp"
      })
  void refusesOtherFormats(String file) {
    List<Path> other = List.of(PICTURES.resolve(file));
    assertThrows(TFInvalidArgumentException.class, () -> convert(SMALL.colour(Colour.RGB), other));
  }
}
