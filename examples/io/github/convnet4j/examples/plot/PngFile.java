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

/** Writes pictures atomically: a file is either complete or not there at all. */
final class PngFile {
  private PngFile() {}

  /**
   * Writes {@code folder/name.png}, and replaces an earlier one. Creates the folder if it is
   * missing.
   *
   * @throws PlotException if the folder cannot be created or written; no partial file remains
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
                  + " plot to another folder, or to none",
              file.getFileName(), folder, reason(e)),
          e);
    }
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: otherwise ImageIO would create a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this JVM cannot write PNG files");
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
      return "it cannot be created";
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
