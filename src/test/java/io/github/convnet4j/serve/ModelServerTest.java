package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
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
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Requests over HTTP, answered by a model that was saved. */
@TestInstance(Lifecycle.PER_CLASS)
class ModelServerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Model<Prediction> model;
  private ModelServer server;

  @BeforeAll
  void start() {
    Network network = Network.of(Shape.of(4, 3, 1), flatten(), dense(2));
    model = Model.of(network, classification("dark", "light"), adam(0.01));
    model.save(folder.resolve("shades"));
    server =
        ModelServer.start(
            ServerOptions.of("shades", folder.resolve("shades")).port(0).maxBody(10_000));
  }

  @AfterAll
  void stop() {
    server.close();
    model.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return post(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  private static byte[] png(int shade) throws IOException {
    BufferedImage image = new BufferedImage(3, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 12; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, shade);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void answersAPicture() throws IOException, InterruptedException {
    HttpResponse<String> answer = post("predict", png(255));
    assertEquals(200, answer.statusCode(), answer::body);
    Prediction expected = model.predictEncoded(png(255));
    JsonNode first = MAPPER.readTree(answer.body()).path("predictions").path(0);
    assertEquals(expected.className(), first.path("name").textValue());
    assertEquals(expected.probability(), first.path("value").floatValue());
  }

  @Test
  void answersLikeTensorFlowServing() throws IOException, InterruptedException {
    float[] probabilities = model.predict(new float[12]).probabilities();
    String row = "[[[0],[0],[0]],[[0],[0],[0]],[[0],[0],[0]],[[0],[0],[0]]]";
    JsonNode rows =
        MAPPER.readTree(
            post("v1/models/shades:predict", "{\"instances\": [" + row + "," + row + "]}").body());
    assertEquals(2, rows.path("predictions").size());
    assertEquals(
        probabilities[1],
        rows.path("predictions").path(1).path("probabilities").path(1).floatValue());
    JsonNode columns =
        MAPPER.readTree(
            post("v1/models/shades/versions/1:predict", "{\"inputs\": [" + row + "]}").body());
    assertEquals(
        probabilities[0],
        columns.path("outputs").path("probabilities").path(0).path(0).floatValue());
    String file = Base64.getEncoder().encodeToString(png(0));
    JsonNode pictures =
        MAPPER.readTree(
            post("v1/models/shades:predict", "{\"instances\": [{\"b64\": \"" + file + "\"}]}")
                .body());
    assertEquals(
        probabilities[0],
        pictures.path("predictions").path(0).path("probabilities").path(0).floatValue());
  }

  @Test
  void saysWhichVersionsThereAre() throws IOException, InterruptedException {
    JsonNode status = MAPPER.readTree(get("v1/models/shades").body()).path("model_version_status");
    assertEquals("1", status.path(0).path("version").textValue());
    assertEquals("AVAILABLE", status.path(0).path("state").textValue());
    assertEquals(200, get("v1/models/shades/metadata").statusCode());
    assertEquals(200, get("healthz").statusCode());
  }

  @Test
  void refusesWithASentence() throws IOException, InterruptedException {
    record Case(int status, HttpResponse<String> answer, String part) {}
    String deep = "{\"instances\": " + "[".repeat(5000);
    for (Case each :
        List.of(
            new Case(404, get("nothing"), "openapi"),
            new Case(404, get("v1/models/cats"), "cats"),
            new Case(400, get("v1/models/..%2f..%2fetc"), "separator"),
            new Case(404, post("v1/models/shades/versions/7:predict", "{}"), "version 7"),
            new Case(405, get("predict"), "POST"),
            new Case(400, post("predict", new byte[0]), "empty"),
            new Case(400, post("predict", "no picture"), "not a picture"),
            new Case(413, post("predict", new byte[10_001]), "10000"),
            new Case(400, post("v1/models/shades:predict", deep), "limits"),
            new Case(400, post("v1/models/shades:predict", "{\"instances\": [[1,2],[3]]}"), "rows"),
            new Case(400, post("v1/models/shades:predict", "{\"instances\": [1, 2]}"), "[2]"),
            new Case(400, post("v1/models/shades:predict", "{\"instances\": "), "JSON"),
            new Case(400, post("v1/models/shades:predict", "{}"), "instances"))) {
      assertEquals(each.status(), each.answer().statusCode(), each.answer()::body);
      String error = MAPPER.readTree(each.answer().body()).path("error").asText();
      assertTrue(error.contains(each.part()), error);
    }
    assertEquals(200, post("predict", png(9)).statusCode());
  }

  @Test
  void reloadsWithoutDroppingARequest() throws IOException, InterruptedException {
    Thread reloading =
        new Thread(
            () -> {
              for (int i = 0; i < 5; i++) {
                server.reload("shades");
              }
            });
    reloading.start();
    int answered = 0;
    while (reloading.isAlive() || answered < 10) {
      assertEquals(200, post("predict", png(answered % 256)).statusCode());
      answered++;
    }
    reloading.join();
  }
}
