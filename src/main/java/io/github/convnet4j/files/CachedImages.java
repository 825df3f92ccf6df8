package io.github.convnet4j.files;

import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.Pixels;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Images in a {@link CacheFile} that is mapped into memory. The checksum of each image is compared
 * whenever it is read. An image that is damaged is decoded again from its own file, and the cache
 * is discarded, so that it is written again next time.
 */
final class CachedImages implements Pixels {
  /** The largest part of the file that is mapped at once; Java's limit is 2 GiB. */
  private static final long SEGMENT = 1 << 30;

  private final CacheFile cache;
  private final CacheFile.Index index;
  private final int size;
  private final DecodedFiles.Decoder decoder;
  private final int imagesPerSegment;
  private final MappedByteBuffer[] segments;
  private final AtomicBoolean discarded = new AtomicBoolean();

  private CachedImages(
      CacheFile cache,
      CacheFile.Index index,
      int size,
      DecodedFiles.Decoder decoder,
      int imagesPerSegment,
      MappedByteBuffer[] segments) {
    this.cache = cache;
    this.index = index;
    this.size = size;
    this.decoder = decoder;
    this.imagesPerSegment = imagesPerSegment;
    this.segments = segments;
  }

  /**
   * Maps a file.
   *
   * @param index its index
   * @param size the number of images
   * @param decoder decodes images that are damaged or not there
   */
  static CachedImages open(
      CacheFile cache, CacheFile.Index index, int size, DecodedFiles.Decoder decoder)
      throws IOException {
    int most = (int) Math.max(1, SEGMENT / cache.valuesPerImage());
    int last = -1;
    for (int i = 0; i < size; i++) {
      last = Math.max(last, index.record(i));
    }
    MappedByteBuffer[] segments = new MappedByteBuffer[(last + most) / most];
    try (FileChannel channel = FileChannel.open(cache.file(), StandardOpenOption.READ)) {
      for (int i = 0; i < segments.length; i++) {
        int images = Math.min(most, last + 1 - i * most);
        segments[i] =
            channel.map(
                MapMode.READ_ONLY,
                cache.position(i * most),
                (long) images * cache.valuesPerImage());
      }
    }
    return new CachedImages(cache, index, size, decoder, most, segments);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int valuesPerImage() {
    return cache.valuesPerImage();
  }

  @Override
  public byte[] bytes(int image) {
    byte[] values = new byte[valuesPerImage()];
    if (read(image, values)) {
      return values;
    }
    discard();
    return decoder.decode(image);
  }

  @Override
  public void copy(int image, float[] to, int at) {
    HeapBytes.scale(bytes(image), 0, valuesPerImage(), to, at);
  }

  /** Reads an image, and returns whether it is there and undamaged. */
  private boolean read(int image, byte[] values) {
    if (!index.has(image)) {
      return false;
    }
    int record = index.record(image);
    try {
      segments[record / imagesPerSegment].get(record % imagesPerSegment * values.length, values);
    } catch (InternalError e) {
      // Java's answer if another program has truncated the file since it was mapped.
      return false;
    }
    return CacheFile.checksum(values) == index.checksum(image);
  }

  private void discard() {
    if (discarded.compareAndSet(false, true)) {
      try {
        cache.discard();
      } catch (IOException e) {
        // It cannot be written to, or is gone. Its damaged images are decoded each time.
        discarded.set(true);
      }
    }
  }

  /** Reading from disk and checking take time. */
  @Override
  public boolean isSlow() {
    return true;
  }
}
