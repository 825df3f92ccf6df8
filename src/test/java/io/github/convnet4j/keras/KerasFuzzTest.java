package io.github.convnet4j.keras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.convnet4j.fuzz.JsonEdits;
import io.github.convnet4j.fuzz.Judge;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.model.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Damaged files of Keras. */
class KerasFuzzTest {
  private static final String CONFIG = "config.json";
  private static final Network NETWORK = Network.of(Shape.of(4), Layers.dense(3), Layers.dense(2));

  @TempDir private static Path folder;

  /** Files that Keras wrote, by their names. */
  private static final Map<String, byte[]> FILES = files();

  private static Map<String, byte[]> files() {
    try {
      Path temporary = Files.createTempDirectory("keras");
      KerasFiles.unpack("keras-3.11.3", temporary);
      Map<String, byte[]> files = new TreeMap<>();
      try (Stream<Path> all = Files.list(temporary)) {
        for (Path file : all.toList()) {
          files.put(file.getFileName().toString(), Files.readAllBytes(file));
          Files.delete(file);
        }
      }
      Files.delete(temporary);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> members(String name) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(FILES.get(name)))) {
      Map<String, byte[]> members = new TreeMap<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
      return members;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final List<Map<String, byte[]>> MODELS =
      Stream.of("sequential.keras", "operators.keras", "adapted.keras")
          .map(KerasFuzzTest::members)
          .toList();

  static Stream<byte[]> configs() {
    return MODELS.stream().map(members -> members.get(CONFIG));
  }

  static Stream<byte[]> edits() {
    return Stream.concat(JsonEdits.seeds(), Stream.of(new byte[1], new byte[2]));
  }

  static Stream<byte[]> zips() {
    return Stream.of(FILES.get("adapted.keras"));
  }

  static Stream<byte[]> hdf5() {
    return Stream.of("adapted.h5", "adapted.weights.h5").map(FILES::get);
  }

  @MethodSource("configs")
  @FuzzTest
  void configText(byte[] input) throws IOException {
    read("text.keras", zip(MODELS.get(0), input));
  }

  @MethodSource("edits")
  @FuzzTest
  void configContent(byte[] input) throws IOException {
    // Three bytes are a change; those that are left over choose the model.
    Map<String, byte[]> members = MODELS.get(input.length % MODELS.size());
    String config = new String(members.get(CONFIG), StandardCharsets.UTF_8);
    byte[] edited = JsonEdits.apply(input, config).getBytes(StandardCharsets.UTF_8);
    read("edited.keras", zip(members, edited));
  }

  @MethodSource("zips")
  @FuzzTest
  void zip(byte[] input) throws IOException {
    read("damaged.keras", input);
  }

  @MethodSource("hdf5")
  @FuzzTest
  void hdf5(byte[] input) throws IOException {
    read("damaged.h5", input);
  }

  private static byte[] zip(Map<String, byte[]> members, byte[] config) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getKey().equals(CONFIG) ? config : member.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void read(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    Judge.judge(file, () -> KerasModel.read(file));
    Judge.judge(file, () -> KerasLayers.standard().readWeights(file, NETWORK));
  }
}
