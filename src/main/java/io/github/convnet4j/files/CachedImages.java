package io.github.convnet4j.files;

import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.Pixels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Images in a {@link CacheFile}. The checksum of each image is compared whenever it is read. An
 * image that is damaged is decoded again from its own file, and the cache is discarded, so that it
 * is written again next time.
 *
 * <p>The file is not mapped into memory: if another program truncates a mapped file, Java throws an
 * {@code InternalError} at some later moment, where nobody can catch it. Reading costs one copy
 * more, from the same memory of the operating system.
 */
final class CachedImages implements Pixels {
  private final CacheFile cache;
  private final CacheFile.Index index;
  private final int size;
  private final DecodedFiles.Decoder decoder;

  /** Unlike other channels, it is not closed when a thread is interrupted that reads from it. */
  private final AsynchronousFileChannel channel;

  private final AtomicBoolean discarded = new AtomicBoolean();

  private CachedImages(
      CacheFile cache,
      CacheFile.Index index,
      int size,
      DecodedFiles.Decoder decoder,
      AsynchronousFileChannel channel) {
    this.cache = cache;
    this.index = index;
    this.size = size;
    this.decoder = decoder;
    this.channel = channel;
  }

  /**
   * Opens a file, which stays open: a file that replaces it has its images in other places.
   *
   * @param index its index
   * @param size the number of images
   * @param decoder decodes images that are damaged or not there
   */
  static CachedImages open(
      CacheFile cache, CacheFile.Index index, int size, DecodedFiles.Decoder decoder)
      throws IOException {
    return new CachedImages(
        cache,
        index,
        size,
        decoder,
        AsynchronousFileChannel.open(cache.file(), StandardOpenOption.READ));
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
    if (index.has(image)) {
      if (read(cache.position(index.record(image)), values)
          && CacheFile.checksum(values) == index.checksum(image)) {
        return values;
      }
      discard();
    }
    return decoder.decode(image);
  }

  @Override
  public void copy(int image, float[] to, int at) {
    HeapBytes.scale(bytes(image), 0, valuesPerImage(), to, at);
  }

  /** Returns whether all values could be read. */
  private boolean read(long start, byte[] values) {
    ByteBuffer buffer = ByteBuffer.wrap(values);
    boolean interrupted = false;
    try {
      while (buffer.hasRemaining()) {
        Future<Integer> reading = channel.read(buffer, start + buffer.position());
        Integer read = null;
        while (read == null) {
          try {
            read = reading.get();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (read < 0) {
          return false;
        }
      }
      return true;
    } catch (ExecutionException e) {
      return false; // The disk is faulty, or gone.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
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
