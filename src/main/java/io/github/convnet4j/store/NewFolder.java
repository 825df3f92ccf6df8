package io.github.convnet4j.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder that is filled under another name, and appears when it is whole. */
public final class NewFolder {
  private NewFolder() {}

  /**
   * Fills a folder.
   *
   * @param folder not there, or empty
   * @param fill writes to a folder beside it, which is then renamed
   * @throws StoreException if there is anything in the folder, or writing fails: then it is not
   *     there
   */
  public static void write(Path folder, Consumer<Path> fill) {
    Path target = folder.toAbsolutePath().normalize();
    try {
      checkEmpty(folder);
      Files.createDirectories(target.getParent());
      // Not createTempDirectory, whose folders nobody else may read.
      Path temporary =
          Files.createDirectory(target.resolveSibling(".unfinished-" + UUID.randomUUID()));
      try {
        fill.accept(temporary);
        force(temporary);
        Files.deleteIfExists(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        Disk.force(target.getParent());
      } finally {
        delete(temporary);
      }
    } catch (IOException e) {
      throw new StoreException("cannot write to %s: %s".formatted(folder, e), e);
    }
  }

  private static void checkEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new StoreException(folder + " must be a new or an empty folder: it is a file");
    }
    List<String> names = Disk.names(folder);
    if (!names.isEmpty()) {
      throw new StoreException(
          "%s must be a new or an empty folder: it holds %s".formatted(folder, names.get(0)));
    }
  }

  private static void force(Path folder) throws IOException {
    for (Path path : tree(folder)) {
      if (Files.isDirectory(path)) {
        Disk.force(path);
      } else {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path path : tree(folder)) {
        Files.delete(path);
      }
    }
  }

  /** All that is in a folder, deepest first, and the folder last. */
  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
