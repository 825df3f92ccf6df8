package io.github.convnet4j.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a camera was held: the orientation that a file's EXIF block names. Cameras and telephones
 * store the pixels as the sensor has them, and leave it to programs to turn the picture upright.
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  HALF_TURN,
  MIRRORED_HALF_TURN,
  TRANSPOSED,
  QUARTER_TURN,
  MIRRORED_QUARTER_TURN,
  THREE_QUARTER_TURN;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_LENGTH = 12;
  private static final String PREFIX = "Exif\0\0";

  /** Returns the orientation that a picture file names; upright if it names none. */
  static Orientation of(byte[] file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(file);
      return PictureKind.of(file)
          .flatMap(
              kind ->
                  switch (kind) {
                    case JPEG -> inJpeg(bytes);
                    case PNG -> inPng(bytes);
                    case WEBP -> inWebp(bytes);
                    case TIFF -> Optional.of(bytes);
                    default -> Optional.empty();
                  })
          .map(Orientation::ofBlock)
          .orElse(UPRIGHT);
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The block, or what precedes it, ends too early. The pixels may still be intact.
      return UPRIGHT;
    }
  }

  /** Returns the EXIF block among the segments that precede the pixels. */
  private static Optional<ByteBuffer> inJpeg(ByteBuffer bytes) {
    bytes.position(2);
    while (bytes.get() == (byte) 0xff) {
      int marker = bytes.get() & 0xff;
      if (marker == 0xff) {
        bytes.position(bytes.position() - 1); // Any number of such bytes may precede a marker.
        continue;
      }
      if (marker == 0xda) {
        break;
      }
      ByteBuffer segment = part(bytes, (bytes.getShort() & 0xffff) - 2);
      if (marker == 0xe1 && startsWithPrefix(segment)) {
        return Optional.of(withoutPrefix(segment));
      }
    }
    return Optional.empty();
  }

  private static Optional<ByteBuffer> inPng(ByteBuffer bytes) {
    bytes.position(8);
    while (bytes.hasRemaining()) {
      int length = bytes.getInt();
      String type = name(bytes);
      ByteBuffer chunk = part(bytes, length);
      if (type.equals("eXIf")) {
        return Optional.of(withoutPrefix(chunk));
      }
      bytes.getInt(); // the checksum
    }
    return Optional.empty();
  }

  private static Optional<ByteBuffer> inWebp(ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(12);
    while (bytes.hasRemaining()) {
      String type = name(bytes);
      int length = bytes.getInt();
      ByteBuffer chunk = part(bytes, length);
      if (type.equals("EXIF")) {
        return Optional.of(withoutPrefix(chunk));
      }
      if (length % 2 != 0) {
        bytes.get();
      }
    }
    return Optional.empty();
  }

  private static String name(ByteBuffer bytes) {
    byte[] name = new byte[4];
    bytes.get(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  /** Returns the next bytes, and moves past them. */
  private static ByteBuffer part(ByteBuffer bytes, int length) {
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }

  private static boolean startsWithPrefix(ByteBuffer block) {
    int length = PREFIX.length();
    return block.remaining() >= length
        && StandardCharsets.ISO_8859_1.decode(block.slice(0, length)).toString().equals(PREFIX);
  }

  private static ByteBuffer withoutPrefix(ByteBuffer block) {
    return startsWithPrefix(block)
        ? block.slice(PREFIX.length(), block.remaining() - PREFIX.length())
        : block;
  }

  /** Returns the orientation in an EXIF block, which has the structure of a TIFF file. */
  private static Orientation ofBlock(ByteBuffer block) {
    block.order(block.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = block.getInt(4);
    int entries = block.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_LENGTH;
      if ((block.getShort(entry) & 0xffff) == TAG && block.getShort(entry + 2) == SHORT) {
        int value = block.getShort(entry + 8);
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Whether height and width change places. */
  boolean swapsSides() {
    return compareTo(TRANSPOSED) >= 0;
  }

  /** Returns the size of the upright picture. */
  PictureFormat.Size upright(PictureFormat.Size stored) {
    return swapsSides()
        ? new PictureFormat.Size(/* height= */ stored.width(), /* width= */ stored.height())
        : stored;
  }

  /**
   * Turns a picture upright.
   *
   * @param pixels {@code [height, width, channels]} row by row, as stored
   * @return {@code [height, width, channels]} row by row, upright; the same array if it is so
   *     already
   */
  byte[] upright(byte[] pixels, int height, int width, int channels) {
    if (this == UPRIGHT) {
      return pixels;
    }
    boolean fromBottom =
        switch (this) {
          case HALF_TURN, MIRRORED_HALF_TURN, QUARTER_TURN, MIRRORED_QUARTER_TURN -> true;
          default -> false;
        };
    boolean fromRight =
        switch (this) {
          case MIRRORED, HALF_TURN, MIRRORED_QUARTER_TURN, THREE_QUARTER_TURN -> true;
          default -> false;
        };
    int down = fromBottom ? -width : width;
    int across = fromRight ? -1 : 1;
    int first = (fromBottom ? (height - 1) * width : 0) + (fromRight ? width - 1 : 0);
    int rowStep = swapsSides() ? across : down;
    int columnStep = swapsSides() ? down : across;
    int newWidth = swapsSides() ? height : width;
    byte[] upright = new byte[pixels.length];
    int at = 0;
    for (int y = 0; at < upright.length; y++) {
      for (int x = 0; x < newWidth; x++) {
        int from = (first + y * rowStep + x * columnStep) * channels;
        for (int c = 0; c < channels; c++) {
          upright[at++] = pixels[from + c];
        }
      }
    }
    return upright;
  }
}
