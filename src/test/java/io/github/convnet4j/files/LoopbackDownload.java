package io.github.convnet4j.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A file that can be downloaded from this machine. */
public final class LoopbackDownload implements AutoCloseable {
  public static final String NAME = "file";

  /** The system property with the URL of the server. */
  public static final String URL = "download";

  private static final byte[] CONTENT = content();
  private static final Duration LONG = Duration.ofSeconds(50);

  private final LoopbackServer server;

  private LoopbackDownload(LoopbackServer server) {
    this.server = server;
  }

  private static byte[] content() {
    byte[] content = new byte[4_000_000];
    new Random(5).nextBytes(content);
    return content;
  }

  /** Starts a server. */
  public static LoopbackDownload start() throws IOException {
    LoopbackServer server = new LoopbackServer();
    server.serve("a/" + NAME, CONTENT);
    return new LoopbackDownload(server);
  }

  /** Returns the value for the system property {@link #URL}. */
  public String url() {
    return server.folder("a").toString();
  }

  private static RemoteFile file() {
    return new RemoteFile(NAME, CONTENT.length, Sha256.of(CONTENT));
  }

  public static void into(Path folder) throws IOException {
    new Download(
            List.of(URI.create(System.getProperty(URL))),
            List.of(file()),
            new HttpFetch(LONG, LONG, LONG))
        .into(folder, message -> {});
  }

  /** Checks that the file is whole, if it is there. */
  public static void check(Path folder) throws IOException {
    if (Files.exists(folder.resolve(NAME)) && !file().isIn(folder)) {
      throw new AssertionError("the file is not whole");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
