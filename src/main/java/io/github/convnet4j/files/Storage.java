package io.github.convnet4j.files;

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
 */
public sealed interface Storage permits StorageSettings {
  /** Where pictures are kept. */
  enum Place {
    /** In memory if they fit, otherwise on disk. */
    AUTOMATIC,
    /** In memory, or not at all. */
    MEMORY,
    /** On disk. */
    DISK
  }

  /** Returns the default: in memory if the pictures fit, otherwise on disk. */
  static Storage automatic() {
    return StorageSettings.in(Place.AUTOMATIC);
  }

  /** Returns the storage that refuses pictures that do not fit into memory. */
  static Storage inMemory() {
    return StorageSettings.in(Place.MEMORY);
  }

  /** Returns the storage that decodes pictures when they are needed. */
  static Storage onDisk() {
    return StorageSettings.in(Place.DISK);
  }

  /**
   * Returns this storage with a limit to the memory that pictures take. A quarter of the heap is
   * always left for other things.
   *
   * @param bytes at least 1
   */
  Storage memory(long bytes);

  /**
   * Returns this storage with a cache of the decoded pictures. They are then always read from the
   * cache, even if they fit into memory.
   *
   * <p>A cache has a file for each folder of pictures and each format. Programs may share it at the
   * same time. It may be deleted when no program uses it.
   *
   * @param folder created if it does not exist
   */
  Storage cache(Path folder);

  /** Returns where pictures are kept: in memory, on disk, or whichever is better. */
  Place place();

  /** Returns the largest number of bytes that pictures may take in memory, if it is limited. */
  OptionalLong memory();

  /** Returns the folder of the cache, if there is one. */
  Optional<Path> cache();
}
