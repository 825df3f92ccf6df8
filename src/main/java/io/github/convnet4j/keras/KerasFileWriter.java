package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.store.RealPath;
import io.github.convnet4j.store.ReplacedFile;
import io.github.convnet4j.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .keras} files. */
final class KerasFileWriter {
  /** The version whose format this is. */
  private static final String VERSION = "3.15.1";

  private KerasFileWriter() {}

  /**
   * Writes a file, and replaces an existing one when it is complete.
   *
   * @throws StoreException if it cannot be written, or the library that writes HDF5 is missing
   */
  static void write(Path file, WrittenModel model, Weights weights) {
    String config = ConfigWriter.write(model);
    try {
      ReplacedFile.write(
          file,
          out -> {
            // Keras does not compress, and weights would hardly shrink.
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.NO_COMPRESSION);
            put(zip, KerasFile.METADATA, metadata());
            put(zip, KerasFile.CONFIG, config);
            putWeights(zip, file, model, weights);
            zip.finish();
          });
    } catch (NoClassDefFoundError e) {
      throw new StoreException("cannot write %s: %s".formatted(file, KerasFile.MISSING), e);
    }
  }

  private static String metadata() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("keras_version", VERSION)
        .put(
            "date_saved",
            LocalDateTime.now(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT)))
        .toString();
  }

  private static void put(ZipOutputStream zip, String member, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(member));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /**
   * Writes the weights to a file next to the final one, whose lock this thread holds. It always has
   * the same name, so that the next call replaces what a killed process left.
   */
  private static void putWeights(
      ZipOutputStream zip, Path file, WrittenModel model, Weights weights) throws IOException {
    Path target = RealPath.of(file);
    Path temporary = target.resolveSibling("." + target.getFileName() + ".h5.unfinished");
    Files.deleteIfExists(temporary);
    try {
      Hdf5Writer.write(temporary, model, weights);
      zip.putNextEntry(new ZipEntry(KerasFile.WEIGHTS));
      Files.copy(temporary, zip);
      zip.closeEntry();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
