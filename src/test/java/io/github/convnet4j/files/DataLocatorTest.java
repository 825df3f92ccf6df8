package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DataLocatorTest {
  private static final String SIZES = " (train 3, validation 1, test 2)";
  private static final String DIGITS =
      "Data: the 1,797 bundled UCI digits, not MNIST (train 1412, validation 128, test"
          + " 257); for MNIST, give the folder of its four files with --data FOLDER,"
          + " -Dconvnet4j.data=FOLDER or CONVNET4J_DATA=FOLDER";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final List<String> messages = new ArrayList<>();
  private final List<RemoteFile> files = new ArrayList<>();
  private LoopbackServer server;
  private Path cache;

  /** A mirror with four small files, and a user with an empty cache folder. */
  @BeforeEach
  void start() throws IOException {
    server = new LoopbackServer();
    Path origin = TinyIdx.dataSet(folder.resolve("origin"));
    try (Stream<Path> plain = Files.list(origin)) {
      for (Path file : plain.sorted().toList()) {
        String name = file.getFileName() + ".gz";
        byte[] content = TinyIdx.gzip(Files.readAllBytes(file));
        server.serve("good/" + name, content);
        files.add(new RemoteFile(name, content.length, Sha256.of(content)));
      }
    }
    environment.put("XDG_CACHE_HOME", folder.resolve("xdg").toString());
    properties.put("os.name", "Linux");
    cache = folder.resolve("xdg/convnet4j/mnist");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void prefersAGivenFolderToTheProperty() {
    properties.put("convnet4j.data", "/not/looked/at");
    Path named = TinyIdx.dataSet(folder.resolve("named"));
    locate(Optional.of(named), "good");
    assertEquals(List.of("Data: IDX files from " + named + SIZES), messages);
  }

  @Test
  void prefersThePropertyToTheVariable() {
    environment.put("CONVNET4J_DATA", "/not/looked/at");
    Path named = TinyIdx.dataSet(folder.resolve("named"));
    properties.put("convnet4j.data", named.toString());
    locate("good");
    assertEquals(List.of("Data: IDX files from " + named + SIZES), messages);
  }

  @Test
  void prefersTheVariableToTheCache() {
    TinyIdx.dataSet(cache);
    Path named = TinyIdx.dataSet(folder.resolve("named"));
    environment.put("CONVNET4J_DATA", named.toString());
    locate("good");
    assertEquals(List.of("Data: IDX files from " + named + SIZES), messages);
  }

  @Test
  void anEmptyNameCountsAsNone() {
    environment.put("CONVNET4J_DATA", "");
    properties.put("convnet4j.data", "");
    TinyIdx.dataSet(cache);
    locate("good");
    assertEquals(List.of("Data: IDX files from " + cache + SIZES), messages);
    assertEquals(List.of(), server.requests());
  }

  @Test
  void aProblemWithAGivenFolderIsAnError() {
    Path none = folder.resolve("none");
    String expected = none + " does not exist: give the folder that holds MNIST's four files";
    assertEquals(expected, assertRefused(Optional.of(none)));
    properties.put("convnet4j.data", none.toString());
    assertEquals(
        expected + " (from the system property convnet4j.data)", assertRefused(Optional.empty()));
    properties.clear();
    environment.put("CONVNET4J_DATA", none.toString());
    assertEquals(
        expected + " (from the environment variable CONVNET4J_DATA)",
        assertRefused(Optional.empty()));
    environment.put("CONVNET4J_DATA", "a\0b");
    assertEquals(
        "a\0b (from the environment variable CONVNET4J_DATA) is not a path: give a folder",
        assertRefused(Optional.empty()));
    assertEquals(List.of(), messages);
    assertEquals(List.of(), server.requests());
  }

  private String assertRefused(Optional<Path> directory) {
    return assertThrows(DataException.class, () -> locate(directory, "good")).getMessage();
  }

  @Test
  void downloadsIntoTheCacheOnce() {
    DataSets data = locate("good");
    assertArrayEquals(new int[] {1, 2, 3}, data.train().labels());
    assertEquals(4, server.requests().size());
    locate("good");
    assertEquals(4, server.requests().size());
    String expected = "Data: IDX files from " + cache + SIZES;
    assertEquals(List.of(expected, expected), messages);
  }

  @Test
  void completesADownloadThatWasInterrupted() throws IOException {
    locate("good");
    Files.delete(cache.resolve(files.get(2).name()));
    messages.clear();
    locate("good");
    assertEquals(5, server.requests().size());
    assertTrue(
        messages.get(0).startsWith("Cache not used: " + cache + " does not hold "),
        messages.get(0));
    assertEquals("Data: IDX files from " + cache + SIZES, messages.get(1));
  }

  @Test
  void namesADamagedFileInTheCacheAndDownloadsItAgain() throws IOException {
    locate("good");
    Path damaged = cache.resolve(TinyIdx.TRAIN_IMAGES + ".gz");
    Files.write(damaged, new byte[] {0x1f, (byte) 0x8b, 8});
    messages.clear();
    locate("good");
    assertEquals(
        List.of(
            "Cache not used: " + damaged + " is truncated: get it again",
            "Data: IDX files from " + cache + SIZES),
        messages);
    assertEquals(5, server.requests().size());
  }

  @Test
  void usesTheDigitsIfTheCacheIsDamagedAndNoMirrorAnswers() throws IOException {
    locate("good");
    Path damaged = cache.resolve(TinyIdx.TRAIN_IMAGES + ".gz");
    Files.write(damaged, new byte[] {0x1f, (byte) 0x8b, 8});
    messages.clear();
    server.refuse("bad", 404);
    locate("bad");
    assertEquals(
        List.of(
            "Cache not used: " + damaged + " is truncated: get it again",
            "Download of %s failed: the server answered with status 404"
                .formatted(server.folder("bad").resolve(TinyIdx.TRAIN_IMAGES + ".gz")),
            "MNIST was not downloaded into %s: no mirror provided train-images-idx3-ubyte.gz"
                .formatted(cache),
            DIGITS),
        messages);
  }

  @Test
  void usesTheDigitsIfNoMirrorProvidesMnist() {
    server.refuse("bad", 404);
    assertEquals(1412, locate("bad").train().size());
    assertEquals(3, messages.size());
    assertEquals(DIGITS, messages.get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", ""})
  void downloadsNothingWhenOffline(String offline) {
    properties.put("convnet4j.offline", offline);
    locate("good");
    assertEquals(List.of(DIGITS), messages);
    assertEquals(List.of(), server.requests());
    assertFalse(Files.exists(folder.resolve("xdg")));
  }

  @Test
  void readsTheCacheWhenOffline() {
    TinyIdx.dataSet(cache);
    properties.put("convnet4j.offline", "true");
    locate("good");
    assertEquals(List.of("Data: IDX files from " + cache + SIZES), messages);
  }

  @Test
  void refusesAnythingButTrueOrFalse() {
    properties.put("convnet4j.offline", "yes");
    assertEquals(
        "system property convnet4j.offline must be true or false: yes",
        assertRefused(Optional.empty()));
  }

  @Test
  void usesTheDigitsIfTheCacheCannotBeCreated() {
    TinyIdx.write(folder, "xdg", new byte[0]);
    locate("good");
    assertTrue(
        messages.get(0).startsWith("MNIST was not downloaded into " + cache + ": "),
        messages.get(0));
    assertEquals(DIGITS, messages.get(1));
    assertEquals(2, messages.size());
  }

  @Test
  void usesTheDigitsForAUserWithoutAHomeDirectory() {
    environment.clear();
    properties.put("user.home", "?");
    locate("good");
    assertEquals(List.of(DIGITS), messages);
    assertEquals(List.of(), server.requests());
  }

  private DataSets locate(String mirror) {
    return locate(Optional.empty(), mirror);
  }

  private DataSets locate(Optional<Path> directory, String mirror) {
    Duration patient = Duration.ofSeconds(50);
    Download download =
        new Download(
            List.of(server.folder(mirror)), files, new HttpFetch(patient, patient, patient));
    DataSets data =
        new DataLocator(environment, properties, download).locate(directory, messages::add);
    // There are too few images for every part to have every class; DataSetsReadTest covers it.
    messages.removeIf(line -> line.startsWith("No "));
    return data;
  }
}
