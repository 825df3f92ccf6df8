package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.fuzz.JsonEdits;
import io.github.convnet4j.fuzz.Judge;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.Model;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Requests of all kinds, through Jetty but without a network. */
class RequestFuzzTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}).*", Pattern.DOTALL);
  private static final long MOST_SECONDS = 60;

  /** A client's fault, or something that the server does not do. */
  private static final List<Integer> REFUSALS_ABOVE_499 = List.of(501, 503, 505);

  private static final String PIXELS = "[[[0.5], [1]], [[0], [1e-3]]]";

  /** A PNG of 2 x 2 pixels. */
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGNg"
          + "cGBo+A8AAwUBwE4zW+kAAAAASUVORK5CYII=";

  private static final String TENSORS = "v2/models/shades/infer";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

  /** A request with JSON: where it goes, and a body that is answered. */
  private record Json(String path, String body) {}

  private static final List<Json> JSON =
      List.of(
          new Json("v1/models/shades:predict", "{\"instances\": [" + PIXELS + "]}"),
          new Json(
              "v1/models/shades/versions/1:predict",
              "{\"signature_name\": \"serving_default\", \"inputs\": {\"images\": ["
                  + PIXELS
                  + "]}}"),
          new Json(
              TENSORS,
              "{\"id\": \"7\", \"inputs\": [{\"name\": \"input\", \"shape\": [1, 2, 2, 1],"
                  + " \"datatype\": \"FP32\", \"data\": [0.5, 1, 0, 1e-3]}], \"outputs\":"
                  + " [{\"name\": \"probabilities\", \"parameters\": {\"binary_data\": true}}]}"),
          new Json(
              TENSORS,
              "{\"inputs\": [{\"name\": \"input\", \"shape\": [1], \"datatype\": \"BYTES\","
                  + " \"data\":"
                  + " [{\"b64\": \"%s\"}]}]}".formatted(PICTURE)));

  @TempDir private static Path folder;
  private static ModelShelf shelf;
  private static Server server;
  private static LocalConnector connector;

  @BeforeAll
  static void start() throws Exception {
    Path saved = folder.resolve("shades");
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(2));
    try (Model<?> model = Model.of(network, classification("dark", "light"), adam(0.01))) {
      model.save(saved);
    }
    ServerSettings settings = (ServerSettings) ServerOptions.of("shades", saved);
    Metrics metrics = new Metrics();
    Memory memory = Memory.ofProcess();
    shelf =
        new ModelShelf(
            settings.models(),
            settings.modelLoader(),
            settings.batching(),
            memory,
            metrics::computed);
    metrics.watch(shelf);
    server = new Server();
    connector = new LocalConnector(server, new HttpConnectionFactory(new HttpConfiguration()));
    server.addConnector(connector);
    Arrivals arrivals =
        new Arrivals(
            connector.getScheduler(), settings.http().timeout(), settings.http().maxConnections());
    connector.addBean(arrivals);
    List<Api> apis = ModelServer.apis(shelf, metrics);
    server.setHandler(new RequestHandler(settings, apis, metrics, memory, arrivals));
    server.setErrorHandler(RequestHandler::error);
    server.start();
    for (Json json : JSON) {
      send(post(json.path, "", bytes(json.body))); // The first one takes longest.
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
    shelf.close();
  }

  static Stream<byte[]> requests() {
    return Stream.of(
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "HEAD /v1/models/shades/metadata HTTP/1.0\r\n\r\n",
            "GET /page/models?a=%C3%A4 HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"1\"\r\n\r\n",
            "POST /predict/shades?top=3 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "POST /v2/models/shades/infer HTTP/1.1\r\nHost: a\r\n" + CHUNKED,
            "OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n")
        .map(RequestFuzzTest::bytes);
  }

  /** The first byte says where the body goes. */
  static Stream<byte[]> bodies() {
    return IntStream.range(0, JSON.size())
        .mapToObj(i -> join(new byte[] {(byte) i}, bytes(JSON.get(i).body)));
  }

  static Stream<byte[]> edits() {
    return JsonEdits.seeds();
  }

  /** A byte with the length of the JSON, the JSON, and binary data. */
  static Stream<byte[]> binaries() {
    byte[] pixels =
        bytes(
            "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,2,2,1],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":4}}]}");
    byte[] pictures =
        bytes(
            "{\"inputs\":[{\"name\":\"input\",\"shape\":[1],\"datatype\":\"BYTES\","
                + "\"parameters\":{\"binary_data_size\":7}}]}");
    return Stream.of(
        join(new byte[] {(byte) pixels.length}, pixels, new byte[] {0, 1, 2, 3}),
        join(new byte[] {(byte) pictures.length}, pictures, new byte[] {3, 0, 0, 0, 1, 2, 3}));
  }

  @MethodSource("requests")
  @FuzzTest
  void request(byte[] input) {
    Judge.limited(() -> check(send(input)));
  }

  @MethodSource("bodies")
  @FuzzTest
  void body(byte[] input) {
    if (input.length > 0) {
      Json json = JSON.get((input[0] & 0xff) % JSON.size());
      judge(json.path, "", Arrays.copyOfRange(input, 1, input.length));
    }
  }

  @MethodSource("edits")
  @FuzzTest
  void content(byte[] input) {
    for (Json json : JSON) {
      judge(json.path, "", bytes(JsonEdits.apply(input, json.body)));
    }
  }

  @MethodSource("binaries")
  @FuzzTest
  void binary(byte[] input) {
    if (input.length > 0) {
      String header = "Inference-Header-Content-Length: %d\r\n".formatted(input[0] & 0xff);
      judge(TENSORS, header, Arrays.copyOfRange(input, 1, input.length));
    }
  }

  @Test
  void validRequestsAreAnswered() throws Exception {
    for (Json json : JSON) {
      String response = text(send(post(json.path, "", bytes(json.body))));
      assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    }
    for (byte[] input : binaries().limit(1).toList()) {
      String header = "Inference-Header-Content-Length: %d\r\n".formatted(input[0] & 0xff);
      byte[] body = Arrays.copyOfRange(input, 1, input.length);
      String response = text(send(post(TENSORS, header, body)));
      assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    }
  }

  /** A whole request always has an answer; one with a fault says in a sentence what it is. */
  private static void judge(String path, String headers, byte[] body) {
    Judge.limited(
        () -> {
          byte[] response = send(post(path, headers, body));
          assertFalse(response.length == 0, "no answer");
          int status = check(response);
          if (status != 200) {
            String text = text(response);
            String json = text.substring(text.indexOf("\r\n\r\n") + 4);
            String error = new ObjectMapper().readTree(json).path("error").asText();
            assertFalse(error.isBlank() || error.equals("null"), text);
          }
        });
  }

  private static byte[] post(String path, String headers, byte[] body) {
    return join(
        bytes(
            "POST /%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(path, headers, body.length)),
        body);
  }

  /** Sends a request, and returns all that is answered until the connection is closed. */
  private static byte[] send(byte[] request) throws Exception {
    try (LocalConnector.LocalEndPoint client = connector.connect()) {
      client.addInputAndExecute(ByteBuffer.wrap(request));
      client.addInputEOF();
      client.waitUntilClosedOrIdleFor(MOST_SECONDS, TimeUnit.SECONDS);
      ByteBuffer output = client.takeOutput();
      byte[] response = new byte[output.remaining()];
      output.get(response);
      return response;
    }
  }

  /** Checks the status, and returns it; 0 if there is no answer, as to half a request. */
  private static int check(byte[] response) {
    if (response.length == 0) {
      return 0;
    }
    String text = text(response);
    Matcher matcher = STATUS.matcher(text);
    assertTrue(matcher.matches(), text);
    int status = Integer.parseInt(matcher.group(1));
    assertTrue(status < 500 || REFUSALS_ABOVE_499.contains(status), text);
    return status;
  }

  private static String text(byte[] response) {
    return new String(response, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
