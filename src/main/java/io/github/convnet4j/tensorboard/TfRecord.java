package io.github.convnet4j.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorFlow's file format for a sequence of byte strings. Each record has the length in 8 bytes,
 * the checksum of the length in 4, the bytes, and their checksum in 4. Numbers are little-endian.
 * See <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord and
 * tf.train.Example, "TFRecords format details"</a>.
 */
final class TfRecord {
  private static final int MASK = 0xa282ead8;

  private TfRecord() {}

  /** Returns a record with the given bytes. */
  static byte[] of(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(Math.addExact(data.length, Long.BYTES + 2 * Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(data.length);
    return record
        .putInt(maskedCrc(record.array(), Long.BYTES))
        .put(data)
        .putInt(maskedCrc(data, data.length))
        .array();
  }

  /** Masked, because the CRC of bytes that contain their own CRC says little. */
  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
