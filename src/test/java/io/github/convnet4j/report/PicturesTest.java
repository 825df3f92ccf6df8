package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class PicturesTest {
  private static final int OPAQUE = 0xff000000;

  @Test
  void anImageIsDrawnWithEnlargedPixels() {
    // Two pixels of three channels; 112 / 2 = 56 units each.
    DataSet images =
        DataSet.of(new byte[] {(byte) 255, 0, 0, 10, 20, 30}, new int[] {0}, Shape.of(1, 2, 3), 1);
    BufferedImage picture = Pictures.image(images, 0);
    assertEquals(112, picture.getWidth());
    assertEquals(56, picture.getHeight());
    assertEquals(OPAQUE | 0xff0000, picture.getRGB(55, 55));
    assertEquals(OPAQUE | 0x0a141e, picture.getRGB(56, 0));
  }

  @Test
  void heatIsBrightestWhereItIsLargest() {
    DataSet images = DataSet.of(new byte[4], new int[] {0}, Shape.of(1, 4, 1), 1);
    BufferedImage picture = Pictures.overlay(images, 0, new float[] {0, 0.5f, 1, Float.NaN});
    int[] brightness = new int[3];
    for (int i = 0; i < 3; i++) {
      int rgb = picture.getRGB(28 * i + 14, 14);
      brightness[i] = (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
    }
    assertTrue(brightness[0] < brightness[1] && brightness[1] < brightness[2]);
    assertEquals(OPAQUE | Colours.NOT_FINITE, picture.getRGB(28 * 3 + 14, 14));
    assertThrows(IllegalArgumentException.class, () -> Pictures.overlay(images, 0, new float[3]));
  }

  @Test
  void aFilterIsATileOfItsWeights() {
    // [1, 2, 1, 3]: the filters (3, -3), (0, 1), (NaN, 0), each 48 wide with 4 in between.
    float[] weights = {3, 0, Float.NaN, -3, 1, 0};
    BufferedImage picture = Pictures.filters(Shape.of(1, 2, 1, 3), weights, 8);
    assertEquals(3 * 48 + 2 * 4, picture.getWidth());
    assertEquals(24, picture.getHeight());
    assertEquals(OPAQUE | 0xfff8e1, picture.getRGB(0, 0), "the largest");
    assertEquals(OPAQUE | 0xeaf6ff, picture.getRGB(24, 0), "its negative");
    assertEquals(0, picture.getRGB(48, 0), "nothing in between");
    assertEquals(OPAQUE | 0x14181d, picture.getRGB(52, 0), "0");
    // A third of the largest: 1/3 of the way from the second to the third color.
    assertEquals(OPAQUE | Colours.mix(0x8a4b12, 0xf28e2b, 1 / 3f), picture.getRGB(76, 0));
    assertEquals(OPAQUE | Colours.NOT_FINITE, picture.getRGB(104, 0));
    assertEquals(OPAQUE | 0x14181d, picture.getRGB(128, 0));
  }

  @Test
  void aMaskHasTheColorOfEachClassAndGrayForPixelsWithoutOne() {
    BufferedImage picture = Pictures.mask(new int[] {1, -1, 0, 7}, 2, 2, 3);
    assertEquals(112, picture.getWidth());
    assertEquals(OPAQUE | 0xf28e2b, picture.getRGB(0, 0));
    assertEquals(OPAQUE | 0x808080, picture.getRGB(56, 0));
    assertEquals(OPAQUE | 0x4e79a7, picture.getRGB(0, 56));
    assertEquals(OPAQUE | 0x808080, picture.getRGB(56, 56));
  }

  @Test
  void colorsOfManyClassesAreTheSameInPicturesAndInCss() {
    // hsl(275 55% 52%): the parts are 0.52 ± 0.55 * 0.48, and 35/60 of the way for red.
    assertEquals("hsl(275 55% 52%)", Colours.ofClass(2, 11));
    int rgb = Colours.rgbOfClass(2, 11);
    assertEquals(255 * (0.256 + 0.528 * 35 / 60), rgb >> 16 & 0xff, 1.5);
    assertEquals(255 * 0.256, rgb >> 8 & 0xff, 1.5);
    assertEquals(255 * 0.784, rgb & 0xff, 1.5);
    assertEquals(Colours.ofClass(3, 4), String.format("#%06x", Colours.rgbOfClass(3, 4)));
  }

  @Test
  void refusesInputsThatAreNotPictures() {
    Source measurements = ExampleSet.builder().input("x", new float[4], 4).build();
    String message =
        assertThrows(IllegalArgumentException.class, () -> Pictures.image(measurements, 0))
            .getMessage();
    assertTrue(message.contains("[[4]]"), message);
  }

  @Test
  void pixelsThatAreFloatsAreClipped() {
    Source images = ExampleSet.builder().input("x", new float[] {-1, 0.5f, 2}, 1, 3, 1).build();
    BufferedImage picture = Pictures.image(images, 0);
    assertEquals(OPAQUE, picture.getRGB(0, 0));
    assertEquals(OPAQUE | 0x808080, picture.getRGB(picture.getWidth() / 2, 0));
    assertEquals(OPAQUE | 0xffffff, picture.getRGB(picture.getWidth() - 1, 0));
  }

  @Test
  void filtersOverThreeChannelsAreDrawnInColor() {
    // [1, 1, 3, 1]: red 2, green -2, blue 0.
    BufferedImage picture = Pictures.filters(Shape.of(1, 1, 3, 1), new float[] {2, -2, 0}, 8);
    assertEquals(OPAQUE | 0xff0080, picture.getRGB(0, 0));
    assertEquals(48, picture.getWidth());
  }

  @Test
  void filtersOverOtherNumbersOfChannelsHaveATileForEach() {
    BufferedImage picture = Pictures.filters(Shape.of(1, 1, 2, 4), new float[8], 5);
    assertEquals(5 * 48 + 4 * 4, picture.getWidth(), "the first five of eight");
  }
}
