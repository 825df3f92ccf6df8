package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.regression;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/**
 * Clients that send what no honest client sends. Each gets a refusal with a sentence, and the next
 * request is served.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class HostileClientsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_BODY = 2 << 20;
  private static final String PREDICT = "/v1/models/ink:predict";
  private static final String INFER = "/v2/models/ink/infer";
  private static final String EXAMPLE = "{\"instances\": [[[[0],[0]],[[0],[0]]]]}";

  @TempDir private static Path folder;
  private ModelServer server;
  private ModelServer impatient;

  @BeforeAll
  void start() {
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(1));
    try (Model<float[]> model = Model.of(network, regression("ink"), adam(0.01))) {
      model.save(folder.resolve("ink"));
    }
    ServerOptions options =
        ServerOptions.of("ink", folder.resolve("ink")).port(0).maxBody(MAX_BODY);
    server = ModelServer.start(options);
    impatient =
        ModelServer.start(
            options.timeout(Duration.ofMillis(800)).maxRequests(4).maxConnections(50));
  }

  @AfterAll
  void stop() {
    server.close();
    impatient.close();
  }

  /** An answer: its status, and its body. */
  private record Reply(int status, String head, String body) {
    String error() throws IOException {
      JsonNode error = MAPPER.readTree(body).path("error");
      assertTrue(error.isTextual(), head + body);
      return error.textValue();
    }
  }

  private static Socket connect(ModelServer to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.address().getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Sends bytes, which the server need not read to the end. */
  private static void send(Socket socket, byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
    } catch (SocketException e) {
      // It has refused them before their end, and closed the connection: its answer is there.
      assertTrue(socket.isConnected());
    }
  }

  /** Reads an answer; its status is 0 if the server closes the connection without one. */
  private static Reply read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return new Reply(0, head.toString(), "");
      }
      head.append((char) next);
    }
    String text = head.toString();
    int length =
        text.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .findFirst()
            .orElse(0);
    String body = new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(text.substring(9, 12)), text, body);
  }

  private static Reply ask(ModelServer server, byte[] request) throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, request);
      return read(socket.getInputStream());
    }
  }

  private Reply ask(String request) throws IOException {
    return ask(server, bytes(request));
  }

  private static String head(String method, String path, String... headers) {
    return Stream.concat(
            Stream.of(method + " " + path + " HTTP/1.1", "Host: localhost"), Stream.of(headers))
        .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
  }

  private static String post(String path, String body, String... headers) {
    String[] all =
        Stream.concat(Stream.of("Content-Length: " + body.length()), Stream.of(headers))
            .toArray(String[]::new);
    return head("POST", path, all) + body;
  }

  /** Both servers answer an honest client after each test. */
  @AfterEach
  void theNextRequestIsServed() throws IOException {
    for (ModelServer one : List.of(server, impatient)) {
      Reply reply = ask(one, bytes(post(PREDICT, EXAMPLE)));
      assertEquals(200, reply.status(), reply.head() + reply.body());
      assertTrue(reply.body().startsWith("{\"predictions\":[["), reply.body());
    }
  }

  private void assertRefused(int status, String request) throws IOException {
    assertRefused(status, bytes(request));
  }

  private void assertRefused(int status, byte[] request) throws IOException {
    Reply reply = ask(server, request);
    assertEquals(status, reply.status(), reply.head() + reply.body());
    String error = reply.error();
    assertTrue(error.contains(" "), () -> "not a sentence: " + error);
    assertTrue(error.length() < 500, error);
    assertTrue(
        error.chars().noneMatch(Character::isISOControl), () -> "control characters: " + error);
  }

  static Stream<Arguments> refusedHeads() {
    String size = "Content-Length: ";
    String chunked = "Transfer-Encoding: chunked";
    String many =
        IntStream.range(0, 5000).mapToObj(i -> "H" + i + ": x").collect(Collectors.joining("\r\n"));
    return Stream.of(
        Arguments.of(400, "\0\u00ff\u00fe".repeat(100) + "\r\n\r\n"),
        Arguments.of(400, "\u0016\u0003\u0001\u0002\0\u0001\0" + "a".repeat(500)), // TLS
        Arguments.of(426, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of(505, "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n"),
        Arguments.of(505, "GET /healthz\r\n\r\n"),
        Arguments.of(414, head("GET", "/" + "a".repeat(100_000))),
        Arguments.of(431, head("GET", "/", "A: " + "a".repeat(100_000))),
        Arguments.of(431, head("GET", "/", many)),
        Arguments.of(400, "GET /healthz HTTP/1.1\r\n\r\n"), // No Host
        Arguments.of(400, head("GET", "/healthz", "Host: other")),
        Arguments.of(400, "GET /healthz HTTP/1.1\r\nHost: a/../b\r\n\r\n"),
        Arguments.of(400, head("GET", "http://elsewhere.example/healthz")),
        Arguments.of(400, head("GET", "/healthz", "A: b\r\n c")), // A folded line
        Arguments.of(400, head("GET", "/healthz", "A: a\0b")),
        Arguments.of(400, head("GET", "/healthz", "A B: c")),
        Arguments.of(413, head("POST", PREDICT, size + "99999999999")),
        Arguments.of(400, head("POST", PREDICT, size + "99999999999999999999999")),
        Arguments.of(400, head("POST", PREDICT, size + "-1")),
        Arguments.of(400, head("POST", PREDICT, size + "abc")),
        Arguments.of(400, head("POST", PREDICT, size + "5", size + "6") + "abcdef"),
        Arguments.of(400, head("POST", PREDICT, size + "5", chunked) + "0\r\n\r\n"),
        Arguments.of(400, head("POST", PREDICT, "Transfer-Encoding: xchunked") + "0\r\n\r\n"),
        Arguments.of(400, head("POST", PREDICT, chunked + ", chunked") + "0\r\n\r\n"),
        Arguments.of(400, head("POST", PREDICT, "Transfer-Encoding : chunked") + "0\r\n\r\n"),
        Arguments.of(400, head("POST", PREDICT, chunked) + "zz\r\nabc\r\n"),
        Arguments.of(400, head("POST", PREDICT, chunked) + "FFFFFFFFFFFFFFFFFF\r\nabc\r\n"),
        Arguments.of(413, head("POST", PREDICT, size + (MAX_BODY + 1), "Expect: 100-continue")),
        Arguments.of(417, head("POST", PREDICT, size + "5", "Expect: 200-ok") + "abcde"));
  }

  @ParameterizedTest
  @MethodSource("refusedHeads")
  void refusesWhatIsNotHttp(int status, String request) throws IOException {
    assertRefused(status, request);
  }

  @Test
  void refusesAChunkedBodyThatDoesNotEnd() throws IOException {
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    assertRefused(
        413, head("POST", PREDICT, "Transfer-Encoding: chunked") + chunk.repeat(100) + "0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/../../etc/passwd",
        "/v1/models/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/v1/models/..%5c..%5cetc",
        "/v1/models/..;/..;/etc/passwd",
        "/v1/models/a%00b",
        "/v1/models/%zz",
        "/v1/models/%ff%fe",
        "/v1/models/ink/versions/../../../../../..",
        "/v1/models/ink/versions/99999999999999999999",
        "/v2/models/%2e%2e/ready",
        "/page/%2e%2e/ServerOptions.class",
        "/page/../../../../etc/passwd",
        "//etc/passwd",
        "/predict/%3Cscript%3E"
      })
  void pathsLeadNowhereElse(String path) throws IOException {
    Reply reply = ask(head("GET", path));
    assertTrue(reply.status() >= 400 && reply.status() < 500, reply.head());
    assertTrue(reply.error().contains(" "), reply.body());
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/healthz,GET",
    "DELETE,/healthz,GET",
    "OPTIONS,/healthz,GET",
    "TRACE,/healthz,GET",
    "FOO,/healthz,GET",
    "GET,/predict,POST",
    "DELETE,/v1/models/ink:predict,POST",
    "PATCH,/v2/models/ink/infer,POST",
    "TRACE,/,GET"
  })
  void namesTheMethodThatIsPossible(String method, String path, String allowed) throws IOException {
    Reply reply = ask(head(method, path));
    assertEquals(405, reply.status());
    assertTrue(reply.head().contains("\r\nAllow: " + allowed + "\r\n"), reply.head());
    assertTrue(reply.error().contains(allowed), reply.body());
  }

  @Test
  void headHasNoBody() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, bytes(head("HEAD", "/healthz") + head("GET", "/nothing", "Connection: close")));
      String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(all.startsWith("HTTP/1.1 200"), all);
      assertTrue(all.contains("\r\n\r\nHTTP/1.1 404"), all);
    }
  }

  static Stream<Arguments> refusedBodies() {
    String nines = "9".repeat(1_000_000);
    String keys =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(","));
    String input =
        "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"data\":[0],\"shape\":%s}]}";
    return Stream.of(
        Arguments.of(PREDICT, "{\"instances\":" + "[".repeat(100_000)),
        Arguments.of(PREDICT, "{\"a\":".repeat(100_000)),
        Arguments.of(PREDICT, "[".repeat(100_000)),
        Arguments.of(PREDICT, "{\"instances\":[" + nines + "]}"),
        Arguments.of(PREDICT, "{\"instances\":[1e999999999]}"),
        Arguments.of(PREDICT, "{\"instances\":[NaN]}"),
        Arguments.of(PREDICT, "{\"" + "a".repeat(1_000_000) + "\":1}"),
        Arguments.of(PREDICT, "{\"signature_name\":\"" + "a".repeat(1_000_000) + "\"}"),
        Arguments.of(PREDICT, "{" + keys + "}"),
        Arguments.of(PREDICT, "{\"instances\":[{\"b64\":\"" + "A".repeat(1_000_000) + "\"}]}"),
        Arguments.of(PREDICT, "\u00ff\u00fe{\0"),
        Arguments.of(PREDICT, ""),
        Arguments.of(INFER, "{\"inputs\":" + "[".repeat(100_000)),
        Arguments.of(INFER, "{\"parameters\":".repeat(100_000)),
        Arguments.of(INFER, input.formatted("[" + nines + "]")),
        Arguments.of(INFER, input.formatted("[2000000000,2,2,1]")),
        Arguments.of(INFER, input.formatted("[2147483647,2147483647,2147483647,2147483647]")),
        Arguments.of(INFER, input.formatted("[-1,2,2,1]")),
        Arguments.of(INFER, input.formatted("[0,2,2,1]")),
        Arguments.of(INFER, input.formatted("[]")),
        Arguments.of("/predict", "\u0089PNG\r\n\u001a\n" + "a".repeat(1000)),
        Arguments.of("/predict?top=%zz", "a"),
        Arguments.of("/predict?top=-1", "a"));
  }

  @ParameterizedTest
  @MethodSource("refusedBodies")
  void refusesBodies(String path, String body) throws IOException {
    assertRefused(400, post(path, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "99999999999", "3", "abc", "0"})
  void refusesALengthOfTheJsonPartThatIsWrong(String length) throws IOException {
    assertRefused(400, post(INFER, "{}", "Inference-Header-Content-Length: " + length));
  }

  /** Wraps a stream in one that compresses. */
  private interface Compression {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] compressed(String encoding, Compression compression, byte[] body)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream to = compression.around(out)) {
      to.write(body);
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(
        bytes(
            head(
                "POST",
                PREDICT,
                "Content-Encoding: " + encoding,
                "Content-Length: " + out.size())));
    out.writeTo(request);
    return request.toByteArray();
  }

  @Test
  void decompressesBodiesUpToTheLimit() throws IOException {
    Reply zipped = ask(server, compressed("gzip", GZIPOutputStream::new, bytes(EXAMPLE)));
    assertEquals(200, zipped.status(), zipped.body());
    Reply deflated = ask(server, compressed("deflate", DeflaterOutputStream::new, bytes(EXAMPLE)));
    assertEquals(zipped.body(), deflated.body());
    byte[] bomb = bytes("{\"instances\":[" + "0,".repeat(MAX_BODY) + "0]}");
    assertRefused(413, compressed("gzip", GZIPOutputStream::new, bomb));
    assertRefused(413, compressed("deflate", DeflaterOutputStream::new, bomb));
  }

  @Test
  void refusesEncodingsThatItDoesNotKnowOrThatAreNotThere() throws IOException {
    assertRefused(400, post(PREDICT, EXAMPLE, "Content-Encoding: gzip"));
    assertRefused(400, post(PREDICT, EXAMPLE, "Content-Encoding: deflate"));
    assertRefused(415, post(PREDICT, EXAMPLE, "Content-Encoding: br"));
    assertRefused(415, post(PREDICT, EXAMPLE, "Content-Encoding: gzip, gzip"));
    byte[] cut = compressed("gzip", GZIPOutputStream::new, bytes(EXAMPLE));
    String length = "Content-Length: ";
    String text = new String(cut, ISO_8859_1);
    int size = text.length() - text.indexOf("\r\n\r\n") - 4;
    assertRefused(
        400,
        bytes(text.replace(length + size, length + (size - 10)).substring(0, text.length() - 10)));
  }

  @Test
  void aClientThatWaitsToBeAskedForTheBodyIsAsked() throws IOException {
    try (Socket socket = connect(server)) {
      send(
          socket,
          bytes(
              head(
                  "POST", PREDICT, "Content-Length: " + EXAMPLE.length(), "Expect: 100-continue")));
      assertEquals(100, read(socket.getInputStream()).status());
      send(socket, bytes(EXAMPLE));
      assertEquals(200, read(socket.getInputStream()).status());
    }
  }

  @Test
  void requestsInOneGoAreAnsweredInOrder() throws IOException {
    try (Socket socket = connect(server)) {
      send(
          socket,
          bytes(
              head("GET", "/healthz")
                  + post(PREDICT, EXAMPLE)
                  + post(PREDICT, "{}")
                  + head("GET", "/nothing")
                  + post(PREDICT, EXAMPLE)));
      for (int status : new int[] {200, 200, 400, 404, 200}) {
        assertEquals(status, read(socket.getInputStream()).status());
      }
    }
  }

  @Test
  void aBodyIsNeverTakenForTheNextRequest() throws IOException {
    String hidden = head("GET", "/hidden");
    List<String> carriers =
        List.of(
            head("GET", "/healthz", "Content-Length: " + hidden.length()),
            head("POST", "/nothing", "Content-Length: " + hidden.length()),
            head("DELETE", PREDICT, "Content-Length: " + hidden.length()));
    for (String carrier : carriers) {
      try (Socket socket = connect(server)) {
        send(socket, bytes(carrier + hidden + head("GET", "/openapi.json", "Connection: close")));
        InputStream in = socket.getInputStream();
        read(in);
        Reply next = read(in);
        assertTrue(Set.of(0, 200).contains(next.status()), next.head());
        assertEquals(0, read(in).status());
      }
    }
    try (Socket socket = connect(server)) {
      send(
          socket,
          bytes(
              head("POST", PREDICT, "Content-Length: 4", "Transfer-Encoding: chunked")
                  + "0\r\n\r\n"
                  + hidden));
      InputStream in = socket.getInputStream();
      assertEquals(400, read(in).status());
      assertEquals(0, read(in).status());
    }
  }

  @Test
  void aClientThatHasSaidAllGetsItsAnswer() throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, bytes(post(PREDICT, EXAMPLE)));
      socket.shutdownOutput();
      assertEquals(200, read(socket.getInputStream()).status());
    }
    try (Socket socket = connect(server)) {
      send(socket, bytes(head("POST", PREDICT, "Content-Length: 50") + "abc"));
      socket.shutdownOutput();
      assertEquals(400, read(socket.getInputStream()).status());
    }
    try (Socket socket = connect(server)) {
      send(socket, bytes("GET /healthz HT"));
      socket.shutdownOutput();
      assertTrue(Set.of(0, 400).contains(read(socket.getInputStream()).status()));
    }
  }

  @Test
  void clientsThatGoAwayLeaveNothingBehind() throws IOException, InterruptedException {
    for (int i = 0; i < 300; i++) {
      try (Socket socket = connect(impatient)) {
        send(
            socket,
            bytes(
                i % 2 == 0
                    ? post(PREDICT, EXAMPLE)
                    : head("POST", PREDICT, "Content-Length: 1000") + "abc"));
        socket.setSoLinger(true, 0); // Closed with a reset, before the answer is read.
      }
    }
    // What they asked for is still computed: on a slow machine, the server has no place for a
    // while.
    for (int i = 0; i < 60 && ask(impatient, bytes(post(PREDICT, EXAMPLE))).status() == 503; i++) {
      Thread.sleep(500);
    }
  }

  /** Sends a byte again and again, and returns what the server says at last. */
  private static Reply drip(Socket socket) throws IOException, InterruptedException {
    try {
      while (socket.getInputStream().available() == 0) {
        socket.getOutputStream().write('a');
        Thread.sleep(50);
      }
    } catch (SocketException e) {
      return new Reply(0, String.valueOf(e.getMessage()), "");
    }
    return read(socket.getInputStream());
  }

  @Test
  void aBodyMustArriveInTime() throws IOException, InterruptedException {
    try (Socket socket = connect(impatient)) {
      send(socket, bytes(head("POST", PREDICT, "Content-Length: 1000000")));
      Reply reply = drip(socket);
      assertEquals(408, reply.status(), reply.head());
      assertTrue(reply.error().contains("800"), reply.body());
    }
  }

  @Test
  void aHeadMustArriveInTime() throws IOException, InterruptedException {
    try (Socket socket = connect(impatient)) {
      send(socket, bytes("GET /healthz HTTP/1.1\r\nA: "));
      assertEquals(0, drip(socket).status());
    }
    // Not only the first one of a connection.
    try (Socket socket = connect(impatient)) {
      send(socket, bytes(head("GET", "/healthz") + "GET /healthz HTTP/1.1\r\nA: "));
      assertEquals(200, read(socket.getInputStream()).status());
      assertEquals(0, drip(socket).status());
    }
  }

  @Test
  void slowClientsDoNotKeepOthersOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) { // Ten times as many as requests at the same time.
        Socket socket = connect(impatient);
        slow.add(socket);
        send(socket, bytes(head("POST", PREDICT, "Content-Length: 1000") + "a"));
        Reply other = ask(impatient, bytes(post(PREDICT, EXAMPLE)));
        assertEquals(200, other.status(), other.body());
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void idleConnectionsGiveWay() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) { // Six times as many as connections at the same time.
        idle.add(connect(impatient));
      }
      Reply other = ask(impatient, bytes(post(PREDICT, EXAMPLE)));
      assertEquals(200, other.status(), other.body());
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void memoryStaysTheSame() throws IOException, InterruptedException {
    String padding = " ".repeat(100_000);
    List<byte[]> requests =
        List.of(
            bytes(post(PREDICT, padding + EXAMPLE)),
            bytes(post(PREDICT, padding + "{\"instances\": [1]}")),
            bytes(post("/nothing", padding)),
            bytes(head("POST", PREDICT, "Content-Length: 200000") + padding)); // Not all of it.
    long before = 0;
    for (int i = 0; i < 600; i++) {
      if (i == 100) {
        before = usedMemory();
      }
      byte[] request = requests.get(i % requests.size());
      try (Socket socket = connect(server)) {
        send(socket, request);
        if (i % requests.size() < 2) {
          read(socket.getInputStream());
        }
      }
    }
    long most = before + (20 << 20); // Fifty megabytes were sent.
    long after = usedMemory();
    for (int i = 0; i < 50 && after > most; i++) {
      Thread.sleep(100); // The server may not have seen yet that the last clients have gone.
      after = usedMemory();
    }
    assertTrue(after <= most, "from %,d to %,d bytes".formatted(before, after));
  }
}
