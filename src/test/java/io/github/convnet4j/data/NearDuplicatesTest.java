package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class NearDuplicatesTest {
  private static final int SIDE = 64;
  private static final List<BufferedImage> PICTURES = pictures(40, 1);

  /** Draws different pictures of some discs and bars. */
  private static List<BufferedImage> pictures(int count, long seed) {
    Random random = new Random(seed);
    List<BufferedImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = picture.createGraphics();
      for (int shape = 0; shape < 12; shape++) {
        graphics.setColor(new Color(random.nextInt(200), random.nextInt(200), random.nextInt(200)));
        int x = random.nextInt(SIDE);
        int y = random.nextInt(SIDE);
        if (shape % 2 == 0) {
          graphics.fillOval(x - 16, y - 16, 32, 32);
        } else {
          graphics.fillRect(x - 20, y - 5, 40, 10);
        }
      }
      graphics.dispose();
      pictures.add(picture);
    }
    return pictures;
  }

  private static DataSet data(List<BufferedImage> pictures) {
    int height = pictures.get(0).getHeight();
    int width = pictures.get(0).getWidth();
    byte[] pixels = new byte[pictures.size() * height * width * 3];
    int at = 0;
    for (BufferedImage picture : pictures) {
      for (int rgb : picture.getRGB(0, 0, width, height, null, 0, width)) {
        pixels[at++] = (byte) (rgb >> 16);
        pixels[at++] = (byte) (rgb >> 8);
        pixels[at++] = (byte) rgb;
      }
    }
    return DataSet.of(pixels, new int[pictures.size()], Shape.of(height, width, 3), 1);
  }

  private static BufferedImage asJpeg(BufferedImage picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(0.6f);
    try {
      writer.setOutput(ImageIO.createImageOutputStream(bytes));
      writer.write(null, new IIOImage(picture, null, null), quality);
      return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage scaled(BufferedImage picture) {
    BufferedImage small = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, 48, 40, null);
    graphics.dispose();
    return small;
  }

  private static BufferedImage brightened(BufferedImage picture) {
    BufferedImage bright = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      Color old = new Color(picture.getRGB(i % SIDE, i / SIDE));
      bright.setRGB(
          i % SIDE,
          i / SIDE,
          new Color(bright(old.getRed()), bright(old.getGreen()), bright(old.getBlue())).getRGB());
    }
    return bright;
  }

  private static int bright(int value) {
    return Math.min(255, (int) (1.15 * value + 20));
  }

  /** Every fourth picture is in the test data, changed, after pictures that are only there. */
  private static void assertFindsCopies(UnaryOperator<BufferedImage> change, boolean exact) {
    List<BufferedImage> test = new ArrayList<>(pictures(10, 2));
    for (int i = 0; i < PICTURES.size(); i += 4) {
      test.add(PICTURES.get(i));
    }
    NearDuplicates found =
        NearDuplicates.between(data(PICTURES), data(test.stream().map(change).toList()));
    assertArrayEquals(IntStream.range(10, 20).toArray(), found.testIndices(), found::toString);
    for (NearDuplicates.Pair pair : found.pairs()) {
      assertEquals(4 * (pair.test() - 10), pair.train());
      assertEquals(exact, pair.exact());
    }
    assertEquals(exact ? 10 : 0, found.exact());
  }

  @Test
  void findsExactCopies() {
    assertFindsCopies(picture -> picture, true);
  }

  @Test
  void findsCopiesThatAreSavedAgainAsJpeg() {
    assertFindsCopies(NearDuplicatesTest::asJpeg, false);
  }

  @Test
  void findsCopiesOfAnotherSize() {
    assertFindsCopies(NearDuplicatesTest::scaled, false);
  }

  @Test
  void findsBrighterCopies() {
    assertFindsCopies(NearDuplicatesTest::brightened, false);
  }

  @Test
  void findsCopiesWithinASet() {
    DataSet pictures = data(PICTURES);
    DataSet some = pictures.select(new int[] {3, 5, 3, 7, 5, 3});
    NearDuplicates found = NearDuplicates.within(some);
    assertArrayEquals(new int[] {2, 4, 5}, found.testIndices());
    assertEquals(0, found.pairs().get(0).train());
    assertEquals(1, found.pairs().get(1).train());
    assertEquals(0, NearDuplicates.within(pictures).size());
  }

  @Test
  void imagesOfOneColorResembleOnlyEachOther() {
    DataSet grey =
        DataSet.of(
            new float[] {0, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f}, new int[2], Shape.of(2, 2, 1), 1);
    DataSet other =
        DataSet.of(new float[] {1, 1, 1, 1, 1, 0, 0, 0}, new int[2], Shape.of(2, 2, 1), 1);
    assertArrayEquals(new int[] {0}, NearDuplicates.between(grey, other).testIndices());
  }

  /** Brightness and contrast are no difference, as long as no value is clipped. */
  @Property(tries = 30)
  void similarityIgnoresBrightnessAndContrast(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 40) int side) {
    Random random = new Random(seed);
    float[] values = new float[side * side];
    float[] changed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
      changed[i] = 0.3f * values[i] + 0.6f;
    }
    Shape shape = Shape.of(side, side, 1);
    NearDuplicates found =
        NearDuplicates.between(
            DataSet.of(values, new int[1], shape, 1), DataSet.of(changed, new int[1], shape, 1));
    assertEquals(1, found.size());
    assertFalse(found.pairs().get(0).exact());
  }

  @Test
  void needsImages() {
    ExampleSet numbers = ExampleSet.builder().input("x", new float[2], 1).build();
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> NearDuplicates.within(numbers))
            .getMessage()
            .contains("images"));
  }
}
