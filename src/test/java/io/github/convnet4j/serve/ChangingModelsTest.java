package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.task.Tasks.regression;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * The folder of a model that is served is changed in every way while eight threads send requests.
 * Each request is answered, by the old model or the new one.
 */
class ChangingModelsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int THREADS = 8;

  @TempDir private Path folder;
  private Path model;
  private final WatchLog log = new WatchLog();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();

  /** How many classes or numbers the pictures' answers had. */
  private final Set<Integer> sizes = ConcurrentHashMap.newKeySet();

  private ModelServer server;

  @BeforeEach
  void start() throws IOException {
    model = folder.resolve("shades");
    save(model, 2, Shape.of(4, 4, 1));
    server =
        ModelServer.start(
            ServerOptions.of("shades", model)
                .port(0)
                .watch(Duration.ofMillis(50))
                .maxEnqueuedBatches(1000));
    byte[] picture = png();
    String values = "{\"instances\": [[[[0],[0]],[[0],[0]]]]}";
    for (int i = 0; i < THREADS; i++) {
      String path = i % 2 == 0 ? "predict" : "v1/models/shades:predict";
      byte[] body = i % 2 == 0 ? picture : values.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      // Values that had the right shape for the last model need not have it for this one.
      Set<Integer> expected = i % 2 == 0 ? Set.of(200) : Set.of(200, 400);
      Thread thread = new Thread(() -> request(path, body, expected));
      thread.start();
      threads.add(thread);
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    server.close();
    log.close();
  }

  private void request(String path, byte[] body, Set<Integer> expected) {
    while (!over.get()) {
      try {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                    .POST(BodyPublishers.ofByteArray(body))
                    .build(),
                BodyHandlers.ofString());
        if (!expected.contains(answer.statusCode())) {
          faults.add(path + ": " + answer.statusCode() + " " + answer.body());
        } else if (path.equals("predict")) {
          sizes.add(MAPPER.readTree(answer.body()).path("predictions").size());
        }
        answers.incrementAndGet();
      } catch (IOException e) {
        faults.add(path + ": " + e);
      } catch (InterruptedException e) {
        faults.add("interrupted");
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Waits for an answer of a model with this many classes or numbers, and for many answers. */
  private void await(int outputs) {
    int before = answers.get();
    sizes.clear();
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          while (!sizes.contains(outputs) || answers.get() < before + 10 * THREADS) {
            Thread.sleep(10);
          }
        },
        () -> sizes + " " + faults + " " + log.lines());
    assertEquals(List.of(), List.copyOf(faults));
  }

  private static void save(Path to, int classes, Shape input) {
    try (Model<?> model =
        Model.of(Network.of(input, flatten(), dense(classes)), classification(), adam(0.01))) {
      model.save(to);
    }
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private Path file(String part) throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      return files.filter(file -> file.toString().contains(part)).findFirst().orElseThrow();
    }
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(model);
  }

  /** Says that what is in the folder cannot be loaded, with a reason, and how often. */
  private long refusals(String reason) {
    return log.lines().stream()
        .filter(line -> line.contains("version 1 of the model shades cannot be loaded"))
        .filter(line -> line.contains(reason))
        .count();
  }

  @Test
  void newClassesShapesAndTasksAreServed() {
    await(2);
    save(model, 3, Shape.of(4, 4, 1));
    await(3);
    save(model, 3, Shape.of(9, 7, 3));
    save(model, 2, Shape.of(2, 2, 3));
    try (Model<?> numbers =
        Model.of(
            Network.of(Shape.of(6, 6, 3), flatten(), dense(1)),
            regression("brightness"),
            adam(0.01))) {
      numbers.save(model);
    }
    await(1);
  }

  @Test
  void whatIsDamagedIsNotServed() throws IOException {
    for (String part : List.of("variables", "model-", "SHA256SUMS")) {
      Path file = file(part);
      byte[] right = Files.readAllBytes(file);
      byte[] wrong = Arrays.copyOf(right, right.length / 2);
      Files.write(file, wrong);
      log.await("cannot be loaded");
      await(2);
      assertEquals(1, log.lines().size(), log.lines()::toString);
      assertEquals(1, refusals(part), log.lines()::toString);
      Files.write(file, right);
      log.await("is served now");
      await(2);
      log.lines().clear();
    }
  }

  @Test
  void whatIsGoneIsServedUntilThereIsAnotherOne() throws IOException {
    deleteAll();
    log.await("the model shades stays");
    assertTrue(log.lines().get(0).contains(model.toString()), log.lines()::toString);
    await(2);
    save(model, 3, Shape.of(4, 4, 1));
    await(3);
    Files.move(model, folder.resolve("elsewhere"), StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(model, "a file");
    log.await("cannot be loaded");
    await(3);
    Files.delete(model);
    Files.move(folder.resolve("elsewhere"), model, StandardCopyOption.ATOMIC_MOVE);
    await(3);
  }

  /** The superuser may read the folder nevertheless. */
  @Test
  void whatMayNotBeReadIsServedFromMemory() throws IOException {
    if (!Files.getFileStore(model).supportsFileAttributeView("posix")) {
      return;
    }
    Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("---------"));
    if (!Files.isReadable(model)) {
      log.await("the model shades stays");
    }
    await(2);
    Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rwxr-xr-x"));
    save(model, 3, Shape.of(4, 4, 1));
    await(3);
  }
}
