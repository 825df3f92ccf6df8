package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.commandline.Main;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** A server with a heap of 256 MB gets many large requests at once. */
@TestInstance(Lifecycle.PER_CLASS)
class SmallHeapTest {
  private static final int AT_ONCE = 40;
  private static final int BODY = 16 << 20;

  @TempDir private static Path folder;
  private Process process;
  private URI address;

  @BeforeAll
  void start() throws IOException {
    Network network = Network.of(Shape.of(4, 3, 1), flatten(), dense(2));
    try (Model<Prediction> model = Model.of(network, classification("dark", "light"), adam(0.01))) {
      model.save(folder.resolve("shades"));
    }
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                folder.resolve("shades").toString(),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    address = URI.create(line.substring("Listening on ".length()));
  }

  @AfterAll
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /**
   * Sends a request and returns the status. The server may answer before it has read everything, so
   * a failure to write does not matter.
   */
  private int status(String path, byte[] body) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      try {
        out.write(
            "POST /%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, body.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
      } catch (IOException e) {
        // Answered already.
      }
      InputStream in = socket.getInputStream();
      byte[] start = in.readNBytes("HTTP/1.1 200".length());
      return start.length == 0
          ? 0
          : Integer.parseInt(
              new String(start, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
    } catch (java.net.SocketException e) {
      return 0; // Reset after the answer, which was not read yet.
    }
  }

  /** Sends the same request many times at once, and returns all statuses. */
  private Set<Integer> statuses(String path, byte[] body)
      throws InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        calls.add(() -> status(path, body));
      }
      Set<Integer> statuses = new TreeSet<>();
      for (Future<Integer> each : clients.invokeAll(calls)) {
        statuses.add(each.get());
      }
      statuses.remove(0);
      return statuses;
    } finally {
      clients.shutdown();
    }
  }

  private void assertSurvived() throws IOException {
    assertTrue(process.isAlive());
    assertEquals(
        200, status("predict", png(new BufferedImage(3, 4, BufferedImage.TYPE_BYTE_GRAY))));
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] filled(String start, String part, String end) {
    int parts = (BODY - start.length() - end.length()) / part.length();
    return (start + part.repeat(parts) + end).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void survivesBodiesOfJson() throws IOException, InterruptedException, ExecutionException {
    String row = "[[[0],[0],[0]],[[0],[0],[0]],[[0],[0],[0]],[[0],[0],[0]]]";
    for (byte[] body :
        List.of(
            filled("{\"instances\": [0", ",0", "]}"),
            filled("{\"instances\": [" + row, "," + row, "]}"),
            filled("{\"instances\": [{}", ",{}", "]}"),
            filled("{\"instances\": [\"\"", ",\"\"", "]}"))) {
      Set<Integer> statuses = statuses("v1/models/shades:predict", body);
      assertTrue(Set.of(200, 400, 413, 503).containsAll(statuses), statuses::toString);
      assertSurvived();
    }
  }

  @Test
  void survivesPictures() throws IOException, InterruptedException, ExecutionException {
    for (byte[] picture :
        List.of(
            png(new BufferedImage(15_000, 15_000, BufferedImage.TYPE_BYTE_BINARY)),
            png(new BufferedImage(4000, 3000, BufferedImage.TYPE_BYTE_BINARY)),
            png(new BufferedImage(2500, 2000, BufferedImage.TYPE_3BYTE_BGR)))) {
      Set<Integer> statuses = statuses("predict", picture);
      assertTrue(Set.of(200, 400, 413, 503).containsAll(statuses), statuses::toString);
      assertSurvived();
    }
  }
}
