package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class BilinearScaleTest {
  /**
   * The centers of 4 pixels lie at -0.25, 0.25, 0.75 and 1.25 among those of 2. So a row 0, 16
   * becomes 0, 4, 12, 16 sixteenths: 0, 63.75, 191.25, 255.
   */
  @Test
  void weightsTheTwoNearestPixelsOfARow() {
    byte[] image = {
      0, 16,
      0, 16
    };
    byte[] row = {0, 64, (byte) 191, (byte) 255};
    assertArrayEquals(rows(row, row, row, row), BilinearScale.scale(image, 2, 16, 4));
  }

  /**
   * One dark corner: the weights of a row, 1, 3/4, 1/4 and 0, times those of a column. 255 * 3/4 *
   * 3/4 = 143.4, 255 * 3/4 * 1/4 = 47.8, 255 * 1/4 * 1/4 = 15.9.
   */
  @Test
  void multipliesTheWeightsOfRowsAndColumns() {
    byte[] image = {
      16, 0,
      0, 0
    };
    assertArrayEquals(
        rows(
            new byte[] {(byte) 255, (byte) 191, 64, 0},
            new byte[] {(byte) 191, (byte) 143, 48, 0},
            new byte[] {64, 48, 16, 0},
            new byte[] {0, 0, 0, 0}),
        BilinearScale.scale(image, 2, 16, 4));
  }

  @Test
  void keepsUniformGrayAndRoundsHalfUp() {
    // 255 * 8 / 16 = 127.5
    assertArrayEquals(
        new byte[] {(byte) 128, (byte) 128, (byte) 128, (byte) 128},
        BilinearScale.scale(new byte[] {8}, 1, 16, 2));
  }

  private static byte[] rows(byte[]... rows) {
    byte[] all = new byte[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
    }
    return all;
  }
}
