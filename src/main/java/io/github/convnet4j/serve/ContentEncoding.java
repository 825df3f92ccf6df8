package io.github.convnet4j.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes the compression of bodies. */
final class ContentEncoding {
  private ContentEncoding() {}

  /**
   * Returns what was compressed.
   *
   * @param encoding the value of the header {@code Content-Encoding}
   * @param most how many bytes it may be at most; the rest is not even decompressed
   * @throws Refusal if it is more, the encoding is not supported, or the body does not have it
   */
  static byte[] decoded(String encoding, byte[] body, int most) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity" -> body;
      case "gzip", "x-gzip" -> read(encoding, most, () -> new GZIPInputStream(bytes(body)));
      case "deflate" -> read(encoding, most, () -> new InflaterInputStream(bytes(body)));
      default ->
          throw Refusal.unsupported("Content-Encoding must be gzip or deflate, or not be given");
    };
  }

  private static InputStream bytes(byte[] body) {
    return new ByteArrayInputStream(body);
  }

  /** Opens a stream. */
  private interface Opening {
    InputStream open() throws IOException;
  }

  private static byte[] read(String encoding, int most, Opening opening) {
    byte[] decoded;
    try (InputStream in = opening.open()) {
      decoded = in.readNBytes(most);
      if (in.read() >= 0) {
        throw Refusal.tooLarge("the body must have at most %d bytes decompressed".formatted(most));
      }
    } catch (IOException e) {
      throw Refusal.badRequest(
          "the body is not what its Content-Encoding says: %s".formatted(encoding.strip()));
    }
    return decoded;
  }
}
