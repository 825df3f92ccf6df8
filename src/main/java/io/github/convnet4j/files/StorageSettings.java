package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.HeapLimit;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The settings of a {@link Storage}. */
record StorageSettings(Place place, OptionalLong memory, Optional<Path> cache) implements Storage {
  /** Checks that the settings go together. */
  StorageSettings {
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

  static Storage in(Place place) {
    return new StorageSettings(place, OptionalLong.empty(), Optional.empty());
  }

  @Override
  public Storage memory(long bytes) {
    return new StorageSettings(place, OptionalLong.of(bytes), cache);
  }

  @Override
  public Storage cache(Path folder) {
    return new StorageSettings(place, memory, Optional.of(folder));
  }

  /** Returns the largest number of bytes that pictures may take in memory. */
  static long memoryLimit(Storage storage) {
    long ofHeap = HeapLimit.ofProcess().bytes();
    return Math.min(storage.memory().orElse(ofHeap), ofHeap);
  }
}
