package io.github.convnet4j.examples.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures so that a file is there whole or not at all. */
final class PngFile {
  private PngFile() {}

  /**
   * Writes {@code folder/name.png} over an earlier one. The folder is made where it is missing.
   *
   * @throws PlotException if the folder cannot be made or written; no part of the file remains
   */
  static Path write(Path folder, String name, BufferedImage image) {
    Path file = folder.resolve(name + ".png");
    Path unfinished =
        folder.resolve("." + name + "-" + ProcessHandle.current().pid() + ".png.part");
    try {
      byte[] bytes = encode(image);
      Files.createDirectories(folder);
      try {
        store(bytes, unfinished);
        move(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      return file;
    } catch (IOException e) {
      throw new PlotException(
          String.format(
              "the picture %s cannot be written to the folder %s (%s):"
                  + " name a folder that can be made and written, or plot to none",
              file.getFileName(), folder, reason(e)),
          e);
    }
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: ImageIO would otherwise put a file of its own into the system's temporary folder.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this Java writes no PNG");
      }
    }
    return bytes.toByteArray();
  }

  private static void store(byte[] bytes, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "it is a file";
    }
    if (e instanceof NoSuchFileException) {
      return "it cannot be made";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getFile() + ": " + fault.getReason();
    }
    return e.toString();
  }
}
