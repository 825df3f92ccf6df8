package io.github.convnet4j.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Tiles of 2x2 weights are 32 pixels wide, 16 for each weight, with 2 between them. */
class FilterPictureTest {
  private static final int WHITE = 0xffffff;
  private static final int BLACK = 0;
  private static final int GREY = 0x808080; // 127.5 rounded up

  private static BufferedImage picture(int in, int out, float... values) {
    Shape shape = Shape.of(2, 2, in, out);
    return FilterPicture.of(Parameter.trainable("k", shape, Initializers.zeros()), values);
  }

  /** Returns the color in the middle of a weight, in the first row of tiles. */
  private static int colour(BufferedImage picture, int tile, int row, int column) {
    return picture.getRGB(2 + tile * 34 + column * 16 + 8, 2 + row * 16 + 8) & 0xffffff;
  }

  @Test
  void weightsOfOneChannelAreGrayFromTheLargestToItsNegative() {
    // [row][column][0][filter]: filter 0 is 1 2 / 0 -2, filter 1 is 0 0 / 0 -1.
    BufferedImage picture = picture(1, 2, 1, 0, 2, 0, 0, 0, -2, -1);
    assertEquals(2 + 2 * 34, picture.getWidth());
    assertEquals(2 + 34, picture.getHeight());
    assertEquals(0xbfbfbf, colour(picture, 0, 0, 0)); // (1 / 2 + 1) * 127.5 = 191.25
    assertEquals(WHITE, colour(picture, 0, 0, 1));
    assertEquals(GREY, colour(picture, 0, 1, 0));
    assertEquals(BLACK, colour(picture, 0, 1, 1));
    assertEquals(GREY, colour(picture, 1, 0, 0));
    assertEquals(0x404040, colour(picture, 1, 1, 1)); // (-1 / 2 + 1) * 127.5 = 63.75
    assertEquals(WHITE, picture.getRGB(35, 10) & 0xffffff); // between the tiles
  }

  @Test
  void weightsOfThreeChannelsAreColors() {
    float[] values = new float[2 * 2 * 3 * 2];
    values[0] = 1; // row 0, column 0, red, filter 0
    values[3] = 1; // row 0, column 0, green, filter 1
    values[6 * 3 + 4] = -1; // row 1, column 1, blue, filter 0
    BufferedImage picture = picture(3, 2, values);
    assertEquals(2 + 2 * 34, picture.getWidth());
    assertEquals(0xff8080, colour(picture, 0, 0, 0));
    assertEquals(0x80ff80, colour(picture, 1, 0, 0));
    assertEquals(0x808000, colour(picture, 0, 1, 1));
    assertEquals(GREY, colour(picture, 1, 1, 1));
  }

  @Test
  void otherNumbersOfChannelsHaveATileForEach() {
    // [row][column][channel][0]: channel 0 is all 1, channel 1 all -1.
    BufferedImage picture = picture(2, 1, 1, -1, 1, -1, 1, -1, 1, -1);
    assertEquals(2 + 2 * 34, picture.getWidth());
    assertEquals(WHITE, colour(picture, 0, 1, 1));
    assertEquals(BLACK, colour(picture, 1, 1, 1));
  }

  @Test
  void numbersThatAreNotFiniteAreRedAndZeroIsGray() {
    BufferedImage picture = picture(1, 1, 0, Float.NaN, Float.NEGATIVE_INFINITY, 0);
    assertEquals(GREY, colour(picture, 0, 0, 0));
    assertEquals(0xff0000, colour(picture, 0, 0, 1));
    assertEquals(0xff0000, colour(picture, 0, 1, 0));
  }

  @Test
  void hugeLayersShowTheirFirst256Tiles() {
    BufferedImage picture = picture(100, 100, new float[2 * 2 * 100 * 100]);
    assertEquals(2 + 16 * 34, picture.getWidth());
    assertEquals(2 + 16 * 34, picture.getHeight());
  }

  @Test
  void findsTheFirstKernelInsideCompositeLayers() {
    Network network =
        Network.of(
            Shape.of(8, 8, 1),
            Layers.batchNorm(),
            Layers.residual(Layers.conv2d(1, 3)),
            Layers.conv2d(4, 5),
            Layers.flatten(),
            Layers.dense(2));
    assertEquals("residual/conv2d/kernel", FilterPicture.firstKernel(network).orElseThrow().name());
    assertTrue(
        FilterPicture.firstKernel(Network.of(Shape.of(8, 8, 1), Layers.flatten(), Layers.dense(2)))
            .isEmpty());
  }
}
