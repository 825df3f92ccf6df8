package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.tensorflow.ndarray.Shape;

/** What {@code POST /predict} answers, and the page shows, for models of every task. */
@TestInstance(Lifecycle.PER_CLASS)
class PageForEveryTaskTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Shape IMAGE = Shape.of(4, 3, 1);

  private final List<Model<?>> models =
      List.of(
          model(Network.of(IMAGE, flatten(), dense(2)), Tasks.multiLabel("round", "dark")),
          model(Network.of(IMAGE, flatten(), dense(12)), Tasks.regression(names(12))),
          model(Network.of(IMAGE, conv2d(3, 1)), Tasks.segmentation("none", "ink", "edge")),
          model(Network.of(IMAGE, conv2d(1, 3)), Tasks.reconstruction()),
          model(Network.of(IMAGE, flatten(), dense(5)), Tasks.reconstruction()),
          twoOutputs());
  private final HttpClient client = HttpClient.newHttpClient();
  private ModelServer server;

  private static Model<?> model(Network network, Task<?> task) {
    return Model.of(network, task, adam(0.01));
  }

  private static String[] names(int n) {
    String[] names = new String[n];
    for (int i = 0; i < n; i++) {
      names[i] = "y" + i;
    }
    return names;
  }

  private static Model<?> twoOutputs() {
    Input image = Nodes.input("image", 4, 3, 1);
    Node flat = image.then(flatten());
    Network network =
        Network.of(
            List.of(image),
            List.of(flat.then(dense(2)).as("shade"), flat.then(dense(1)).as("age")));
    return Model.of(
        network,
        Tasks.all(
            Tasks.output("shade", Tasks.classification("dark", "light")),
            Tasks.output("age", Tasks.regression("years"))),
        adam(0.01));
  }

  @BeforeAll
  void start() {
    ServerOptions options = ServerOptions.of("model0", Path.of("0"));
    for (int i = 1; i < models.size(); i++) {
      options = options.model("model" + i, Path.of(String.valueOf(i)));
    }
    server =
        ModelServer.start(
            options.loader(path -> models.get(Integer.parseInt(path.toString()))).port(0));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode post(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .POST(BodyPublishers.ofByteArray(png()))
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
    return MAPPER.readTree(answer.body());
  }

  private JsonNode predict(int model) throws IOException, InterruptedException {
    return post("predict/model" + model + "?top=3");
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(3, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 12; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, i * 20);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static int[] samples(JsonNode png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.binaryValue()));
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  @Test
  void saysWhatEachOutputIs() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.address() + "page/models")).build(),
            BodyHandlers.ofString());
    List<String> kinds = new ArrayList<>();
    for (JsonNode model : MAPPER.readTree(answer.body()).path("models")) {
      model.path("outputs").forEach(output -> kinds.add(output.path("kind").textValue()));
    }
    assertEquals(
        List.of("labels", "numbers", "pixels", "image", "values", "classes", "numbers"), kinds);
  }

  @Test
  void sortsLabels() throws IOException, InterruptedException {
    JsonNode rows = predict(0).path("predictions");
    assertEquals(2, rows.size());
    assertTrue(
        rows.path(0).path("value").floatValue() >= rows.path(1).path("value").floatValue(),
        rows::toString);
  }

  /** Numbers have no order but that of the targets, and all of them count. */
  @Test
  void keepsNumbersInTheirOrder() throws IOException, InterruptedException {
    JsonNode rows = predict(1).path("predictions");
    float[] expected = (float[]) models.get(1).predictEncoded(png());
    assertEquals(12, rows.size());
    for (int i = 0; i < 12; i++) {
      assertEquals("y" + i, rows.path(i).path("name").textValue());
      assertEquals(expected[i], rows.path(i).path("value").floatValue(), 1e-6f);
    }
  }

  @Test
  void answersWithAMask() throws IOException, InterruptedException {
    JsonNode answer = predict(2).path("predictions");
    SegmentedImage expected = (SegmentedImage) models.get(2).predictEncoded(png());
    int[] mask = samples(answer.path("mask"));
    int[] counts = new int[3];
    for (int i = 0; i < mask.length; i++) {
      assertEquals(expected.classIndex(i / 3, i % 3), mask[i]);
      counts[mask[i]]++;
    }
    for (int c = 0; c < 3; c++) {
      JsonNode share = answer.path("shares").path(c);
      assertEquals(List.of("none", "ink", "edge").get(c), share.path("name").textValue());
      assertEquals(counts[c] / 12f, share.path("value").floatValue());
    }
  }

  @Test
  void answersWithAnImage() throws IOException, InterruptedException {
    float[] expected = (float[]) models.get(3).predictEncoded(png());
    int[] bytes = new int[expected.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(255 * Math.max(0, Math.min(1, expected[i])));
    }
    assertArrayEquals(bytes, samples(predict(3).path("predictions").path("image")));
  }

  @Test
  void answersWithAllOtherValues() throws IOException, InterruptedException {
    assertEquals(5, predict(4).path("predictions").size());
  }

  @Test
  void answersForEachOutput() throws IOException, InterruptedException {
    JsonNode answer = predict(5);
    assertEquals(2, answer.path("shade").size());
    assertEquals("years", answer.path("age").path(0).path("name").textValue());
    JsonNode look = post("page/look?model=model5");
    assertEquals(0, look.path("layers").size());
    assertEquals(12, samples(look.path("picture")).length);
  }

  @Test
  void looksIntoEachNetworkWithOneOutput() throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      assertFalse(post("page/look?model=model" + i).path("layers").isEmpty());
    }
  }
}
