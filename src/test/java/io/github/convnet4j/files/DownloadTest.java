package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final byte[] CONTENT = bytes("six by three");

  @TempDir Path folder;
  private final List<String> messages = new ArrayList<>();
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void downloadsAFileAndReportsProgress() throws IOException {
    byte[] large = new byte[200_000];
    server.serve("a/file", large);
    List<Long> progress = new ArrayList<>();
    download(LONG, file("file", large), "a")
        .into(
            folder.resolve("made/on/the/way"),
            new DataListener() {
              @Override
              public void message(String line) {
                messages.add(line);
              }

              @Override
              public void progress(String file, long bytes, long total) {
                assertEquals("file", file);
                assertEquals(200_000, total);
                progress.add(bytes);
              }
            });
    assertArrayEquals(large, Files.readAllBytes(folder.resolve("made/on/the/way/file")));
    assertEquals(200_000, progress.get(progress.size() - 1));
    assertEquals(progress.stream().sorted().toList(), progress);
    assertEquals(List.of(), messages);
    assertFolderHoldsOnly(folder.resolve("made/on/the/way"), "file");
  }

  @Test
  void keepsACompleteFileAndReplacesADamagedOne() throws IOException {
    server.serve("a/one", CONTENT);
    server.serve("a/two", CONTENT);
    Files.write(folder.resolve("one"), CONTENT);
    Files.write(folder.resolve("two"), bytes("six by seven"));
    new Download(
            List.of(server.folder("a")),
            List.of(file("one", CONTENT), file("two", CONTENT)),
            new HttpFetch(LONG, LONG, LONG))
        .into(folder, messages::add);
    assertEquals(List.of("a/two"), server.requests());
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("two")));
    assertFolderHoldsOnly(folder, "one", "two");
  }

  @Test
  void deletesWhatAKilledDownloadLeft() throws IOException {
    server.serve("a/file", CONTENT);
    Files.write(
        folder.resolve(".unfinished-5d7d3f2e-1111-4222-8333-444455556666.part"), bytes("six by"));
    download(LONG, file("file", CONTENT), "a").into(folder, messages::add);
    assertFolderHoldsOnly(folder, "file");
  }

  @Test
  void refusesAFileWithTheWrongChecksum() throws IOException {
    byte[] other = bytes("six by seven");
    server.serve("a/file", other);
    assertFails(
        LONG,
        "its SHA-256 is %s, not %s: it is a different file"
            .formatted(Sha256.of(other), Sha256.of(CONTENT)));
  }

  @Test
  void refusesAFileThatIsTooLong() throws IOException {
    server.serve("a/file", bytes("six by three and more"));
    assertFails(LONG, "it is longer than the 12 bytes expected");
  }

  @Test
  void refusesAFileThatIsTooShort() throws IOException {
    server.serve("a/file", bytes("six by"));
    assertFails(LONG, "it was cut off after 6 of 12 bytes");
  }

  @Test
  void refusesAConnectionThatIsCut() throws IOException {
    server.cut("a/file", CONTENT);
    assertFails(LONG, "it was cut off after 11 of 12 bytes");
  }

  @Test
  void refusesAnErrorStatus() throws IOException {
    server.refuse("a/file", 404);
    assertFails(LONG, "the server answered with status 404");
  }

  @Test
  void doesNotWaitForABodyThatStalls() throws IOException {
    server.stall("a/file", CONTENT);
    assertFails(SHORT, "the server did not answer in time");
  }

  @Test
  void doesNotWaitForAServerThatDoesNotAnswer() throws IOException {
    server.keepSilent("a/file");
    assertFails(SHORT, "the server did not answer in time");
  }

  /** Each byte arrives in time, but the headers never end. */
  @Test
  void doesNotWaitForHeadersThatNeverEnd() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(socket));
      Download download =
          new Download(
              List.of(URI.create("http://127.0.0.1:%d/".formatted(socket.getLocalPort()))),
              List.of(file("file", CONTENT)),
              new HttpFetch(SHORT, SHORT, LONG));
      assertThrows(IOException.class, () -> download.into(folder, messages::add));
      assertTrue(messages.get(0).endsWith("the server did not answer in time"), messages.get(0));
      dripping.join();
    }
  }

  private static void drip(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      client.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\nX-Endless: "));
      while (true) {
        client.getOutputStream().write('x');
        Thread.sleep(20);
      }
    } catch (IOException e) {
      // The client has hung up, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void doesNotWaitForAFileThatArrivesTooSlowly() throws IOException {
    server.serve("a/file", CONTENT);
    Download download =
        new Download(
            List.of(server.folder("a")),
            List.of(file("file", CONTENT)),
            new HttpFetch(LONG, LONG, Duration.ZERO));
    assertThrows(IOException.class, () -> download.into(folder, messages::add));
    assertTrue(messages.get(0).endsWith("it is too slow: 12 of 12 bytes in 0 s"), messages.get(0));
    assertFolderHoldsOnly(folder);
  }

  @Test
  void namesAServerThatDoesNotExist() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:%d/".formatted(socket.getLocalPort()));
    }
    Download download =
        new Download(
            List.of(nobody), List.of(file("file", CONTENT)), new HttpFetch(LONG, LONG, LONG));
    assertThrows(IOException.class, () -> download.into(folder, messages::add));
    assertTrue(
        messages.get(0).startsWith("Download of " + nobody + "file failed: no connection ("),
        messages.get(0));
  }

  @Test
  void usesTheNextMirrorAndStaysWithIt() throws IOException {
    server.refuse("bad", 503);
    server.serve("good/one", CONTENT);
    server.serve("good/two", CONTENT);
    new Download(
            List.of(server.folder("bad"), server.folder("good")),
            List.of(file("one", CONTENT), file("two", CONTENT)),
            new HttpFetch(LONG, LONG, LONG))
        .into(folder, messages::add);
    assertEquals(List.of("bad/one", "good/one", "good/two"), server.requests());
    assertEquals(
        List.of(
            "Download of %sone failed: the server answered with status 503"
                .formatted(server.folder("bad"))),
        messages);
    assertFolderHoldsOnly(folder, "one", "two");
  }

  @Test
  void severalDownloadsAtOnceDoNotInterfere() throws IOException {
    byte[] large = new byte[1_000_000];
    Arrays.fill(large, (byte) 7);
    server.serve("a/file", large);
    Download download = download(LONG, file("file", large), "a");
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          try {
                            download.into(folder, line -> {});
                          } catch (IOException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    all.forEach(CompletableFuture::join);
    assertArrayEquals(large, Files.readAllBytes(folder.resolve("file")));
    assertFolderHoldsOnly(folder, "file");
  }

  @Test
  void refusesAFolderThatCannotBeCreated() throws IOException {
    Path file = Files.write(folder.resolve("file"), CONTENT);
    assertThrows(
        IOException.class,
        () -> download(LONG, file("file", CONTENT), "a").into(file.resolve("below"), m -> {}));
    assertEquals(List.of(), server.requests());
  }

  private void assertFails(Duration timeout, String reason) throws IOException {
    Download download = download(timeout, file("file", CONTENT), "a");
    IOException thrown =
        assertThrows(IOException.class, () -> download.into(folder, messages::add));
    assertEquals("no mirror provided file", thrown.getMessage());
    assertEquals(
        List.of("Download of %sfile failed: %s".formatted(server.folder("a"), reason)), messages);
    assertFalse(Files.exists(folder.resolve("file")));
    assertFolderHoldsOnly(folder);
  }

  private Download download(Duration timeout, RemoteFile file, String mirror) {
    return new Download(
        List.of(server.folder(mirror)), List.of(file), new HttpFetch(LONG, timeout, LONG));
  }

  private static RemoteFile file(String name, byte[] content) {
    return new RemoteFile(name, content.length, Sha256.of(content));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void assertFolderHoldsOnly(Path folder, String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(names), files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
