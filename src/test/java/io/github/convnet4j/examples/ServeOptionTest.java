package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.serve.ModelServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** {@code Ex11_8 --serve} and {@code Ex11_9 --serve} answer as the network that was trained. */
class ServeOptionTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TrainingSettings SHORT = new TrainingSettings(2, 50, 0.002, 0.7f, 777);

  private final DataSets digits = BundledDigits.read();

  @Test
  void servesTheDeepCnn() throws IOException, InterruptedException {
    TrainingResult result = Ex11_9.run(new Recorder().console(), digits, SHORT);
    assertServed(result, Ex11_9Builder.network(digits.train(), SHORT.keepProbability()));
  }

  @Test
  void servesTheSimpleCnn() throws IOException, InterruptedException {
    TrainingResult result = Ex11_8.run(new Recorder().console(), digits, SHORT);
    assertServed(result, Ex11_8Builder.network(digits.train()));
  }

  /** Expects as many correct answers as the example counted itself. */
  private void assertServed(TrainingResult result, Network network)
      throws IOException, InterruptedException {
    DataSet test = digits.test();
    int correct = 0;
    try (ModelServer server = ServeOption.start(network, result, 0)) {
      assertTrue(InetAddress.getByName(server.address().getHost()).isLoopbackAddress());
      HttpClient client = HttpClient.newHttpClient();
      for (int i = 0; i < test.size(); i++) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(server.address() + "predict"))
                    .POST(BodyPublishers.ofByteArray(png(test, i)))
                    .build(),
                BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        JsonNode first = MAPPER.readTree(answer.body()).at("/predictions/0/name");
        correct += first.asText().equals(String.valueOf(test.label(i))) ? 1 : 0;
      }
      HttpResponse<String> page =
          client.send(HttpRequest.newBuilder(server.address()).build(), BodyHandlers.ofString());
      assertTrue(page.body().contains("canvas"));
      HttpResponse<String> models =
          client.send(
              HttpRequest.newBuilder(URI.create(server.address() + "page/models")).build(),
              BodyHandlers.ofString());
      JsonNode model = MAPPER.readTree(models.body()).at("/models/0");
      assertTrue(model.at("/picture/drawn").booleanValue(), models.body());
      assertTrue(model.at("/layers").booleanValue(), models.body());
    }
    assertEquals(result.correct(), correct);
  }

  private static byte[] png(DataSet images, int index) throws IOException {
    BufferedImage image =
        new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, images.width(), images.height(), images.image(index));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void refusesAPortThatIsInUseBeforeTraining() throws IOException {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Recorder recorder = new Recorder();
      String port = String.valueOf(used.getLocalPort());
      assertEquals(2, recorder.execute("Ex11_9", "--serve", "--port", port));
      assertTrue(recorder.messages().contains("--port"), recorder.messages());
      assertTrue(recorder.messages().contains(port), recorder.messages());
      assertEquals("", recorder.out());
    }
    Recorder recorder = new Recorder();
    assertEquals(2, recorder.execute("Ex11_9", "--serve", "--port", "65536"));
    assertTrue(recorder.messages().contains("65536"), recorder.messages());
  }
}
