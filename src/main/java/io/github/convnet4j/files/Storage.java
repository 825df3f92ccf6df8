package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.HeapLimit;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the pictures of a folder are kept once they are read. It makes no difference to the values
 * that a network gets, only to memory and time:
 *
 * <pre>{@code
 * ImageFolder.of(Path.of("pets"))
 *     .format(PictureFormat.asTheyAre().size(224, 224))
 *     .storage(Storage.automatic().memory(2_000_000_000))  // in memory up to 2 GB
 *     .read();
 * }</pre>
 *
 * <ul>
 *   <li><b>In memory</b> is fastest. Each value takes a byte.
 *   <li><b>On disk</b>, pictures are decoded when they are needed, in each epoch again, by several
 *       threads. They take memory only for the batches in use, so their number has no limit.
 *   <li><b>In a cache</b>, pictures are decoded once, and the results are written to a file. Later
 *       epochs and programs read them from there. Files that have changed since are decoded again.
 * </ul>
 *
 * <p>The default, {@link #automatic}, keeps pictures in memory if they fit, and otherwise on disk.
 *
 * @param place in memory, on disk, or whichever is better
 * @param memory the largest number of bytes that pictures may take in memory, if it is limited; a
 *     quarter of the heap is always left for other things
 * @param cache the folder of the cache, if there is one
 */
public record Storage(Place place, OptionalLong memory, Optional<Path> cache) {
  /** Where pictures are kept. */
  public enum Place {
    /** In memory if they fit, otherwise on disk. */
    AUTOMATIC,
    /** In memory, or not at all. */
    MEMORY,
    /** On disk. */
    DISK
  }

  /** Checks that the settings go together. */
  public Storage {
    requireNonNull(place, "place");
    requireNonNull(memory, "memory");
    requireNonNull(cache, "cache");
    memory.ifPresent(bytes -> Require.atLeast("memory", bytes, 1));
    if (place == Place.MEMORY && cache.isPresent()) {
      throw new IllegalArgumentException(
          "cache is for pictures on disk, but they are to be in memory: " + cache.get());
    }
    if (place == Place.DISK && memory.isPresent()) {
      throw new IllegalArgumentException(
          "memory is for pictures in memory, but they are to stay on disk: " + memory.getAsLong());
    }
  }

  /** Returns the default: in memory if the pictures fit, otherwise on disk. */
  public static Storage automatic() {
    return new Storage(Place.AUTOMATIC, OptionalLong.empty(), Optional.empty());
  }

  /** Returns the storage that refuses pictures that do not fit into memory. */
  public static Storage inMemory() {
    return new Storage(Place.MEMORY, OptionalLong.empty(), Optional.empty());
  }

  /** Returns the storage that decodes pictures when they are needed. */
  public static Storage onDisk() {
    return new Storage(Place.DISK, OptionalLong.empty(), Optional.empty());
  }

  /**
   * Returns this storage with a limit to the memory that pictures take.
   *
   * @param bytes at least 1
   */
  public Storage memory(long bytes) {
    return new Storage(place, OptionalLong.of(bytes), cache);
  }

  /**
   * Returns this storage with a cache of the decoded pictures. They are then always read from the
   * cache, even if they fit into memory.
   *
   * <p>A cache has a file for each folder of pictures and each format. Programs may share it at the
   * same time. It may be deleted when no program uses it.
   *
   * @param folder created if it does not exist
   */
  public Storage cache(Path folder) {
    return new Storage(place, memory, Optional.of(folder));
  }

  /** Returns the largest number of bytes that pictures may take in memory. */
  long memoryLimit() {
    long ofHeap = HeapLimit.ofProcess().bytes();
    return Math.min(memory.orElse(ofHeap), ofHeap);
  }
}
