package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** A server that watches its folders serves what is saved there. */
class FolderWatchTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final String BODY = "{\"instances\": [[[[0]]]]}";

  /** Each model has other names, by which its answers are told apart. */
  private static final Shape INPUT = Shape.of(1, 1, 1);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WatchLog watchLog = new WatchLog();
  private final List<String> log = watchLog.lines();

  @AfterEach
  void stopRecording() {
    watchLog.close();
  }

  /** Saves a model with this many classes. */
  private static void save(Path to, int classes) {
    try (Model<Prediction> model =
        Model.of(Network.of(INPUT, flatten(), dense(classes)), classification(), adam(0.01))) {
      model.save(to);
    }
  }

  private ModelServer start(Path model) {
    return ModelServer.start(ServerOptions.of("shades", model).port(0).watch(INTERVAL));
  }

  private HttpResponse<String> predict(ModelServer server, String version)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(
                URI.create(server.address() + "v1/models/shades" + version + ":predict"))
            .POST(BodyPublishers.ofString(BODY))
            .build(),
        BodyHandlers.ofString());
  }

  private int classes(ModelServer server, String version) throws IOException, InterruptedException {
    HttpResponse<String> answer = predict(server, version);
    assertEquals(200, answer.statusCode(), answer::body);
    return MAPPER.readTree(answer.body()).at("/predictions/0/probabilities").size();
  }

  /** Waits for an answer with this many classes; each answer until then must be one, too. */
  private void awaitClasses(ModelServer server, int classes) {
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          while (classes(server, "") != classes) {
            Thread.sleep(10);
          }
        });
  }

  private List<String> versions(ModelServer server) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.address() + "v1/models/shades")).build(),
            BodyHandlers.ofString());
    List<String> versions = new ArrayList<>();
    for (JsonNode each : MAPPER.readTree(answer.body()).path("model_version_status")) {
      versions.add(each.path("version").textValue());
    }
    return versions;
  }

  @Test
  void servesAModelThatIsSavedOverTheOldOne() throws IOException, InterruptedException {
    Path model = folder.resolve("shades");
    save(model, 2);
    try (ModelServer server = start(model)) {
      assertEquals(2, classes(server, ""));
      save(model, 3);
      awaitClasses(server, 3);
      save(model, 4);
      awaitClasses(server, 4);
      assertEquals(List.of("1"), versions(server));
    }
  }

  @Test
  void servesANewVersionBesideTheOldOne() throws IOException, InterruptedException {
    save(folder.resolve("1"), 2);
    try (ModelServer server = start(folder)) {
      save(folder.resolve("2"), 3);
      awaitClasses(server, 3);
      assertEquals(2, classes(server, "/versions/1"));
      assertEquals(List.of("2", "1"), versions(server));
      delete(folder.resolve("1"));
      assertTimeoutPreemptively(
          Duration.ofMinutes(2),
          () -> {
            while (versions(server).size() > 1) {
              Thread.sleep(10);
            }
          });
      assertEquals(404, predict(server, "/versions/1").statusCode());
      watchLog.await("version 1 of the model shades is gone");
      // The last one stays: there would be nothing to answer with.
      delete(folder.resolve("2"));
      watchLog.await("the model shades stays");
      assertEquals(3, classes(server, ""));
    }
  }

  /** As soon as there is another one, the version that had to stay is not served any more. */
  @Test
  void retiresAVersionWhenThereIsAnotherOne() throws IOException, InterruptedException {
    save(folder.resolve("1"), 2);
    try (ModelServer server = start(folder)) {
      Files.createDirectory(folder.resolve("2"));
      Files.writeString(folder.resolve("2").resolve("SHA256SUMS"), "no checksums");
      watchLog.await("version 2");
      delete(folder.resolve("1"));
      Thread.sleep(INTERVAL.multipliedBy(5).toMillis());
      assertEquals(2, classes(server, ""));
      Files.delete(folder.resolve("2").resolve("SHA256SUMS"));
      save(folder.resolve("2"), 5);
      watchLog.await("version 1 of the model shades is gone");
      assertEquals(List.of("2"), versions(server));
    }
  }

  private static void delete(Path version) throws IOException {
    try (Stream<Path> files = Files.walk(version)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void saysOnceThatAVersionIsDamaged() throws IOException, InterruptedException {
    save(folder.resolve("1"), 2);
    try (ModelServer server = start(folder)) {
      Files.createDirectory(folder.resolve("2"));
      Files.writeString(folder.resolve("2").resolve("SHA256SUMS"), "no checksums");
      watchLog.await("version 2");
      Thread.sleep(INTERVAL.multipliedBy(10).toMillis());
      assertEquals(1, log.size(), log::toString);
      assertTrue(log.get(0).contains("shades"), log::toString);
      assertEquals(2, classes(server, ""));
      assertEquals(List.of("1"), versions(server));
      // Once it is replaced by a good one, that one is served.
      Files.delete(folder.resolve("2").resolve("SHA256SUMS"));
      save(folder.resolve("2"), 5);
      awaitClasses(server, 5);
    }
  }

  /** Copies a model file by file, more slowly than the server looks. */
  @Test
  void waitsForACopyInProgress() throws IOException, InterruptedException {
    Path elsewhere = folder.resolve("elsewhere");
    save(elsewhere, 6);
    Path models = Files.createDirectory(folder.resolve("models"));
    save(models.resolve("1"), 2);
    try (ModelServer server = start(models)) {
      Path copy = Files.createDirectory(models.resolve("2"));
      try (Stream<Path> files = Files.list(elsewhere)) {
        for (Path file : files.sorted().toList()) {
          byte[] content = Files.readAllBytes(file);
          Path to = copy.resolve(file.getFileName().toString());
          for (int end = 0; end <= content.length; end += Math.max(1, content.length / 4)) {
            Files.write(to, java.util.Arrays.copyOf(content, end));
            assertEquals(2, classes(server, ""));
            Thread.sleep(20);
          }
          Files.write(to, content);
        }
      }
      awaitClasses(server, 6);
    }
  }

  @Test
  void dropsNoRequestWhileModelsAreReplaced() throws IOException, InterruptedException {
    Path model = folder.resolve("shades");
    save(model, 2);
    AtomicBoolean saving = new AtomicBoolean(true);
    try (ModelServer server = start(model)) {
      Thread saves =
          new Thread(
              () -> {
                for (int i = 3; i < 9; i++) {
                  save(model, i);
                }
                saving.set(false);
              });
      saves.start();
      while (saving.get()) {
        assertTrue(classes(server, "") >= 2);
      }
      saves.join();
      awaitClasses(server, 8);
    }
    assertTrue(log.stream().allMatch(line -> line.contains("is served now")), log::toString);
  }

  @Test
  void doesNotLookUnlessItIsTold() throws IOException, InterruptedException {
    Path model = folder.resolve("shades");
    save(model, 2);
    try (ModelServer server = ModelServer.start(ServerOptions.of("shades", model).port(0))) {
      save(model, 3);
      Thread.sleep(INTERVAL.multipliedBy(5).toMillis());
      assertEquals(2, classes(server, ""));
    }
  }
}
