package io.github.convnet4j.keras;

import io.github.convnet4j.json.DamagedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Keras file whose configuration has one wrong value is refused in words. */
class DamagedConfigTest {
  private static final String CONFIG = "config.json";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"branches.keras", "nested.keras", "operators.keras", "sequential.keras"})
  void aConfigurationIsReadOrRefused(String name) throws Exception {
    read(name, 397);
  }

  @ParameterizedTest
  @ValueSource(strings = {"branches.keras", "nested.keras", "operators.keras", "sequential.keras"})
  @Tag("long")
  void aConfigurationIsReadOrRefusedWithEachDamage(String name) throws Exception {
    read(name, 1);
  }

  private void read(String name, int every) throws Exception {
    Map<String, byte[]> members = members(KerasFiles.unpack("keras-3.11.3", name, folder));
    Path damaged = folder.resolve("damaged.keras");
    DamagedJson.check(
        new String(members.get(CONFIG), StandardCharsets.UTF_8),
        every,
        json -> {
          members.put(CONFIG, json.getBytes(StandardCharsets.UTF_8));
          write(damaged, members);
          KerasModel.read(damaged);
        });
  }

  private static Map<String, byte[]> members(Path file) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    return members;
  }

  private static void write(Path file, Map<String, byte[]> members) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
  }
}
