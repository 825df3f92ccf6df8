package io.github.convnet4j.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.IdxFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitFilesTest {
  @TempDir Path folder;

  /** Of 2,400 images, the first 200 are for validation; the 1,412 digits are repeated. */
  @Test
  void repeatsAndEnlargesTheDigits() throws Exception {
    DataSet digits = BundledDigits.read().train();
    int side = 2 * digits.height();
    DigitFiles.write(folder, side, 2400);
    DataSet train = IdxFolder.read(folder).train();
    assertEquals(2200, train.size());
    assertEquals(side, train.height());
    int index = 1500;
    int digit = (200 + index) % digits.size();
    assertEquals(digits.label(digit), train.label(index));
    byte[] large = train.image(index);
    byte[] small = digits.image(digit);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        assertEquals(small[row / 2 * digits.width() + column / 2], large[row * side + column]);
      }
    }
  }
}
