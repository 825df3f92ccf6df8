package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.regression;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.commandline.Main;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** The command {@code serve} in a process of its own, which is told to end while it works. */
@Timeout(300)
class StoppedServerTest {
  private static final int REQUESTS = 20;

  /** What Java's exit code is after SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private static Process serve(Path model, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "ink=" + model,
                "--port",
                "0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static URI address(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith("Listening on ")) {
      line = output.readLine();
    }
    assertTrue(line != null, "the server did not start");
    return URI.create(line.substring("Listening on ".length()));
  }

  private HttpRequest predict(URI address) {
    return HttpRequest.newBuilder(address.resolve("v1/models/ink:predict"))
        .POST(BodyPublishers.ofString("{\"instances\": [[[[0],[0]],[[0],[0]]]]}"))
        .build();
  }

  private boolean waiting(URI address, int examples) throws IOException, InterruptedException {
    HttpRequest metrics = HttpRequest.newBuilder(address.resolve("metrics")).build();
    return client
        .send(metrics, BodyHandlers.ofString())
        .body()
        .contains("convnet4j_waiting_examples{model=\"ink\",version=\"1\"} " + examples + ".0");
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "destroy() ends a process there without its shutdown hooks")
  void answersWhatHasArrivedBeforeItEnds() throws IOException, InterruptedException {
    Path model = folder.resolve("ink");
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(1));
    try (Model<float[]> trained = Model.of(network, regression("ink"), adam(0.01))) {
      trained.save(model);
    }
    // A request waits for others for up to 50 seconds.
    Process process = serve(model, "--batch-timeout-micros", "50000000");
    try (BufferedReader output = process.inputReader()) {
      URI address = address(output);
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, REQUESTS)
              .mapToObj(i -> client.sendAsync(predict(address), BodyHandlers.ofString()))
              .toList();
      while (!waiting(address, REQUESTS)) {
        Thread.sleep(50);
      }
      process.destroy(); // SIGTERM
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertEquals(200, answer.join().statusCode(), answer.join().body());
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
      assertEquals(TERMINATED, process.exitValue());
      assertThrows(
          ConnectException.class,
          () -> HttpClient.newHttpClient().send(predict(address), BodyHandlers.ofString()));
    } finally {
      process.destroyForcibly();
    }
  }
}
