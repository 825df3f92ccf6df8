package io.github.convnet4j.picture;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An image stream over an array. Unlike the JDK's streams, it neither copies the bytes nor creates
 * a temporary file.
 *
 * <p>Some readers take the bits beyond the end for zeros. Since a damaged header can declare
 * millions of pixels, which would take minutes, this stream fails when a reader goes on like that.
 */
final class BytesInput extends ImageInputStreamImpl {
  /** More than any reader looks ahead. */
  private static final int MOST_READS_BEYOND_END = 1000;

  private final byte[] bytes;
  private int readsBeyondEnd;

  BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : end();
  }

  private int end() throws IOException {
    readsBeyondEnd++;
    if (readsBeyondEnd > MOST_READS_BEYOND_END) {
      throw new IOException("it ends too early");
    }
    return -1;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    bitOffset = 0;
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      return length == 0 ? 0 : end();
    }
    System.arraycopy(bytes, (int) streamPos, to, at, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
