package io.github.convnet4j.files;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.data.Pixels;
import io.github.convnet4j.files.DataListener.Step;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** A folder of {@link CacheFile}s: opens the one for a list of files, or writes it first. */
final class PixelCache {
  private static final int NAME_LENGTH = 16;

  private final CacheFile file;
  private final CacheFile.Identity identity;
  private final PictureReader.Belonging what;
  private final FaultyFiles faults;

  /**
   * Returns the cache for decoded files.
   *
   * @param folder created if it does not exist
   * @param key what else the values depend on than the files: the format
   * @param pictures the pictures that they belong to
   * @param faults gets the faults of files that cannot be decoded
   * @throws DataException if the folder cannot be used
   */
  PixelCache(
      Path folder,
      String key,
      FileList pictures,
      PictureReader.Belonging what,
      FaultyFiles faults) {
    this.what = what;
    this.faults = faults;
    this.identity = CacheFile.Identity.of(what.files(), pictures);
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      Path images = pictures.folder().toRealPath();
      if (real.startsWith(images)) {
        throw new DataException(
            "the cache %s must not be in the folder of the pictures, %s: give another folder"
                .formatted(folder, pictures.folder()));
      }
      String name =
          Sha256.of(
                  String.join("\n", FileNames.absolute(images), what.name(), key)
                      .getBytes(StandardCharsets.UTF_8))
              .substring(0, NAME_LENGTH);
      this.file =
          new CacheFile(
              real.resolve("%s-%s.cache".formatted(what.name(), name)),
              what.valuesPerImage(),
              what.summaryLength());
    } catch (IOException e) {
      throw fault(folder, e);
    }
  }

  private static DataException fault(Path path, IOException e) {
    return new DataException(
        "the cache %s cannot be used: %s; give another folder, or leave it out"
            .formatted(path, IoReason.of(e)),
        e);
  }

  Path file() {
    return file.file();
  }

  /**
   * Opens the cache if it has all files as they are now.
   *
   * @throws DataException if it cannot be read
   */
  Optional<Pixels> open() {
    try {
      Optional<CacheFile.Index> index = file.read(identity);
      return index.isPresent() && index.get().isComplete() && areStillFaulty(index.get())
          ? Optional.of(images(index.get()))
          : Optional.empty();
    } catch (IOException e) {
      checkNotInterrupted();
      throw fault(file(), e);
    }
  }

  /**
   * Tries files again that could not be decoded, in case something else than the file was wrong.
   */
  private boolean areStillFaulty(CacheFile.Index index) {
    for (int number : index.faults().keySet()) {
      if (!faults.has(number) && faults.attempt(number, () -> what.decode(number)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private Pixels images(CacheFile.Index index) throws IOException {
    for (int i = 0; i < identity.size(); i++) {
      if (index.has(i)) {
        what.found(i, index.summary(i));
      }
    }
    return CachedImages.open(file, index, identity.size(), what::decode);
  }

  /**
   * Decodes all files that have changed, and writes the cache.
   *
   * @return nothing if another program is writing it
   * @throws DataException if it cannot be written
   */
  Optional<Pixels> write() {
    WriteLock lock;
    try {
      lock = WriteLock.onFile(file());
    } catch (StoreException e) {
      if (e.isInUse()) {
        return Optional.empty();
      }
      throw new DataException(e.getMessage(), e);
    }
    try (lock) {
      Optional<Pixels> written = open();
      if (written.isPresent()) {
        return written;
      }
      checkSpace();
      CacheFile.Index old = file.read(identity).orElse(file.emptyIndex(identity));
      CacheFile.Index index = file.emptyIndex(identity);
      try (CacheFile.Writer writer = file.new Writer(old)) {
        fill(writer, index);
        writer.finish(identity, index);
      }
      return Optional.of(CachedImages.open(file, index, identity.size(), what::decode));
    } catch (IOException e) {
      checkNotInterrupted();
      throw fault(file(), e);
    } catch (UncheckedIOException e) {
      checkNotInterrupted();
      throw fault(file(), e.getCause());
    }
  }

  private void fill(CacheFile.Writer writer, CacheFile.Index index) {
    int[] records = new int[identity.size()];
    for (int r = 0; r < records.length; r++) {
      records[identity.byName()[r]] = r;
    }
    faults.inBlocks(
        Step.CACHING,
        (from, to) -> {
          faults.parallel(
              from,
              to,
              i -> {
                byte[] values = writer.old(i).orElseGet(() -> what.decode(i));
                byte[] summary = what.summary(values);
                writer.put(records[i], values);
                index.set(i, records[i], CacheFile.checksum(values), summary);
                what.found(i, summary);
              });
          what.check();
          return true;
        });
    faults.all().forEach((file, why) -> index.faults().put(file, why));
  }

  private void checkSpace() throws IOException {
    FileStore disk = Files.getFileStore(file().getParent());
    long needed = file.bytes(identity.size());
    // A disk that does not tell its size has the size 0.
    if (disk.getTotalSpace() > 0 && disk.getUsableSpace() < needed) {
      throw new DataException(
          "the cache %s takes %d MB, but only %d MB of its disk are free: give a folder on another disk, or leave it out"
              .formatted(
                  file().getParent(),
                  HeapLimit.megabytes(needed),
                  HeapLimit.megabytes(disk.getUsableSpace())));
    }
  }

  /** An interrupted thread cannot use files, which is not the fault of the files. */
  private static void checkNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted while reading pictures");
    }
  }
}
