package io.github.convnet4j.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files that versions of Keras wrote for the tests. */
public final class KerasFiles {
  private KerasFiles() {}

  /** Unpacks the files of a version. */
  public static void unpack(String version, Path folder) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(
                KerasFiles.class.getResourceAsStream("versions/" + version + ".zip"), version);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    }
  }

  /** Unpacks one file of a version. */
  public static Path unpack(String version, String name, Path folder) throws IOException {
    unpack(version, folder);
    return folder.resolve(name);
  }
}
