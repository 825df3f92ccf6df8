package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A predicted mask is brought back to where its pixels were in the picture. */
class MaskRestoreTest {
  private static final int OUTSIDE = 255;

  /** Two rows of six, whose columns are numbered. */
  private static final Mask WIDE = new Mask(2, 6, new byte[] {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5});

  @ParameterizedTest
  @CsvSource({"STRETCH, 012345", "CROP, --23--", "CENTER, --23--", "PAD, 012345"})
  void columnsReturnToTheirPlaces(Fit fit, String row) {
    // 6 x 6 keeps all columns of a stretched or padded mask; a crop of 2 x 2 keeps two of them.
    int side = fit == Fit.STRETCH || fit == Fit.PAD ? 6 : 2;
    PictureFormat format = PictureFormat.asTheyAre().size(side, side).fit(fit);
    Mask restored = format.restore(format.apply(WIDE, 9), new Size(2, 6), OUTSIDE);
    byte[] expected = new byte[12];
    for (int i = 0; i < expected.length; i++) {
      char column = row.charAt(i % 6);
      expected[i] = (byte) (column == '-' ? OUTSIDE : column - '0');
    }
    assertArrayEquals(expected, restored.values());
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void theSizeIsThatOfThePicture(Fit fit) {
    PictureFormat format = PictureFormat.asTheyAre().size(5, 3).fit(fit);
    Mask restored = format.restore(new Mask(5, 3, new byte[15]), new Size(7, 4), OUTSIDE);
    assertEquals(7, restored.height());
    assertEquals(4, restored.width());
  }

  @Test
  void aStretchedMaskIsScaledBack() {
    PictureFormat format = PictureFormat.asTheyAre().size(1, 2);
    Mask restored = format.restore(new Mask(1, 2, new byte[] {3, 4}), new Size(2, 4), OUTSIDE);
    assertArrayEquals(new byte[] {3, 3, 4, 4, 3, 3, 4, 4}, restored.values());
  }
}
