package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Sends requests to the service over HTTP. */
@Timeout(60)
class PictureServiceTest {
  private static final int SIDE = 4;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Recorder recorder = new Recorder();
  private PictureService.Running service;

  /** Saves a model that tells dark images from light ones, and starts the service. */
  @BeforeEach
  void start() {
    byte[] pixels = new byte[2 * SIDE * SIDE * 3];
    Arrays.fill(pixels, pixels.length / 2, pixels.length, (byte) 255);
    DataSet images = DataSet.of(pixels, new int[] {0, 1}, Shape.of(SIDE, SIDE, 3), 2);
    Network network = Network.of(Shape.of(SIDE, SIDE, 3), flatten(), dense(2));
    try (Model<Prediction> model =
        Model.of(network, classification("dark", "light"), adam(0.05), ModelOptions.seed(1))) {
      model.fit(images, FitOptions.epochs(30));
      model.save(folder.resolve("model"));
    }
    service = PictureService.run(recorder.console(), folder.resolve("model"), 0);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static byte[] picture(int rgb, String format) throws IOException {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 9; x++) {
      for (int y = 0; y < 7; y++) {
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.address().resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder post(byte[] body) {
    return request("/classes").POST(BodyPublishers.ofByteArray(body));
  }

  private static JsonNode classes(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    return new ObjectMapper().readTree(response.body()).get("classes");
  }

  private void assertRefused(int status, String part, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(request);
    assertEquals(status, response.statusCode(), response.body());
    String error = new ObjectMapper().readTree(response.body()).get("error").asText();
    assertTrue(error.contains(part), error);
  }

  @Test
  void answersWithTheMostLikelyClassesFirst() throws IOException, InterruptedException {
    for (String format : List.of("png", "jpeg", "gif", "bmp")) {
      JsonNode light = classes(send(post(picture(0xffffff, format))));
      assertEquals("light", light.get(0).get("class").asText());
      assertEquals("dark", light.get(1).get("class").asText());
      double sum =
          light.get(0).get("probability").asDouble() + light.get(1).get("probability").asDouble();
      assertEquals(1, sum, 1e-6);
      JsonNode dark = classes(send(post(picture(0, format))));
      assertEquals("dark", dark.get(0).get("class").asText());
    }
    assertEquals("", recorder.messages());
  }

  @Test
  void answersManyRequestsAtTheSameTime() throws IOException {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpRequest request = post(picture(i % 2 == 0 ? 0 : 0xffffff, "png")).build();
      answers.add(client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }
    for (int i = 0; i < answers.size(); i++) {
      JsonNode classes = classes(answers.get(i).join());
      assertEquals(i % 2 == 0 ? "dark" : "light", classes.get(0).get("class").asText());
    }
  }

  @Test
  void hasAPageWithAForm() throws IOException, InterruptedException {
    HttpResponse<String> page = send(request("/"));
    assertEquals(200, page.statusCode());
    assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    assertTrue(page.body().contains("type=\"file\""), page.body());
  }

  @Test
  void listensToThisMachineOnly() {
    assertTrue(service.server().getAddress().getAddress().isLoopbackAddress());
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException, InterruptedException {
    byte[] png = picture(0, "png");
    assertRefused(400, "not a picture", post("hello".getBytes(StandardCharsets.UTF_8)));
    assertRefused(400, "empty", post(new byte[0]));
    assertRefused(400, "damaged", post(Arrays.copyOf(png, png.length / 2)));
    assertRefused(413, "bytes", post(new byte[(10 << 20) + 1]));
    // A file of few bytes that declares very many pixels.
    ByteBuffer huge = ByteBuffer.wrap(png.clone()).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32(); // of the header, from its name on
    sum.update(huge.array(), 12, 17);
    huge.putInt(29, (int) sum.getValue());
    assertRefused(400, "pixels", post(huge.array()));
    // And it still answers.
    assertEquals("dark", classes(send(post(png))).get(0).get("class").asText());
  }

  @Test
  void refusesOtherPathsAndMethods() throws IOException, InterruptedException {
    assertRefused(404, "/classes", request("/nothing"));
    assertRefused(404, "/classes", request("/classes/more"));
    assertRefused(405, "POST", request("/classes"));
    assertEquals("POST", send(request("/classes")).headers().firstValue("Allow").orElse("none"));
    assertRefused(405, "GET", request("/").POST(BodyPublishers.noBody()));
  }

  @Test
  void namesAPortThatIsNotFreeAndAFolderThatHoldsNoModel() {
    int taken = service.address().getPort();
    String port =
        assertThrows(
                UsageException.class,
                () -> PictureService.run(recorder.console(), folder.resolve("model"), taken))
            .getMessage();
    assertTrue(port.startsWith("--port") && port.endsWith(" " + taken), port);
    assertEquals(2, new Recorder().execute("PictureService", "--model", "nowhere", "--port", "0"));
    Recorder shell = new Recorder();
    String saved = folder.resolve("model").toString();
    assertEquals(2, shell.execute("PictureService", "--model", saved, "--port", "70000"));
    assertTrue(shell.messages().contains("70000"), shell.messages());
  }

  @Test
  void refusesAModelThatDoesNotTakePictures() {
    Path numbers = folder.resolve("numbers");
    try (Model<Prediction> model =
        Model.of(Network.of(Shape.of(3), dense(2)), classification(), adam(0.05))) {
      model.save(numbers);
    }
    String message =
        assertThrows(UsageException.class, () -> PictureService.run(recorder.console(), numbers, 0))
            .getMessage();
    assertTrue(message.startsWith("--model must be one for pictures"), message);
  }
}
