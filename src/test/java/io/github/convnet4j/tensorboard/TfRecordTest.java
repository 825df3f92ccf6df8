package io.github.convnet4j.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TfRecordTest {
  /** The bytes are those that {@code src/test/python/print_events.py record} printed. */
  @Test
  void bytesEqualThoseOfTensorFlowsWriter() {
    assertEquals(
        "0b000000000000008615f504636f6e766f6c7574696f6ea31e8c57"
            + "000000000000000029039807d8ea82a2",
        HexFormat.of().formatHex(TfRecord.of("convolution".getBytes(UTF_8)))
            + HexFormat.of().formatHex(TfRecord.of(new byte[0])));
  }

  @Property(tries = 100)
  void canBeReadBack(@ForAll byte[] data) {
    List<byte[]> read = EventReader.records(TfRecord.of(data));
    assertEquals(1, read.size());
    assertArrayEquals(data, read.get(0));
  }

  @Test
  void everyFlippedBitIsDetected() {
    byte[] record = TfRecord.of("convolution".getBytes(UTF_8));
    for (int bit = 0; bit < record.length * 8; bit++) {
      byte[] flipped = record.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(
          IllegalArgumentException.class, () -> EventReader.records(flipped), "bit " + bit);
    }
  }
}
