package io.github.convnet4j.commandline;

import io.github.convnet4j.files.Storage;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the pictures of a folder are kept once they are read. */
final class StorageOptions {
  @Option(
      names = "--in-memory",
      description =
          "keep decoded pictures in memory, or fail if they do not fit (default: in memory if they"
              + " fit, otherwise on disk)")
  private boolean inMemory;

  @Option(
      names = "--on-disk",
      description =
          "decode pictures when they are needed, in each epoch again, so that any number of them"
              + " takes little memory")
  private boolean onDisk;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "the most memory that decoded pictures may take, such as 300m or 2g (default: three"
              + " quarters of Java's heap)")
  private Long memory;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description =
          "decode pictures once, and keep them in a file in this folder, which later epochs and"
              + " commands read; pictures that have changed since are decoded again")
  private Path cache;

  /**
   * Returns where to keep pictures.
   *
   * @throws UsageException if the options contradict each other
   */
  Storage storage() {
    if (inMemory && onDisk) {
      throw new UsageException("--in-memory and --on-disk exclude each other: give one of them");
    }
    if (inMemory && cache != null) {
      throw new UsageException(
          "--in-memory and --cache exclude each other: pictures in a cache are read from there");
    }
    if (onDisk && memory != null) {
      throw new UsageException(
          "--on-disk and --memory exclude each other: --memory limits pictures in memory");
    }
    Storage storage =
        inMemory ? Storage.inMemory() : onDisk ? Storage.onDisk() : Storage.automatic();
    Storage limited = memory == null ? storage : storage.memory(memory);
    return cache == null ? limited : limited.cache(cache);
  }

  /** Returns whether any of the options was given. */
  boolean given() {
    return inMemory || onDisk || memory != null || cache != null;
  }

  /** Returns the folder of the cache, if there is one. */
  Optional<Path> cache() {
    return Optional.ofNullable(cache);
  }
}
