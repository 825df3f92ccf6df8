package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.regression;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Servers with a token, with HTTPS, and such that cannot start. */
class GuardedServerTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;

  @BeforeAll
  static void save() {
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(1));
    try (Model<float[]> model = Model.of(network, regression("ink"), adam(0.01))) {
      model.save(folder.resolve("ink"));
    }
  }

  private static ServerOptions options() {
    return ServerOptions.of("ink", folder.resolve("ink")).port(0);
  }

  private static int status(HttpClient client, URI address, String token)
      throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(address).header("Authorization", token).build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void aTokenIsNeededForAllButHealth() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    try (ModelServer server = ModelServer.start(options().token("sesame"))) {
      URI model = server.address().resolve("/v1/models/ink");
      assertEquals(200, status(client, model, "Bearer sesame"));
      assertEquals(401, status(client, model, "Bearer sesam"));
      assertEquals(401, status(client, model, "sesame"));
      assertEquals(200, status(client, server.address().resolve("/healthz"), "none"));
    }
  }

  @Test
  void theAddressOfAllInterfacesIsPrintedAsItWasGiven() {
    try (ModelServer server = ModelServer.start(options().host("0.0.0.0").token("sesame"))) {
      assertEquals("0.0.0.0", server.address().getHost());
    }
  }

  @Test
  void speaksHttps() throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = folder.resolve("keys.p12");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertEquals(0, code);
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build();
    try (ModelServer server = ModelServer.start(options().tls(keys, PASSWORD))) {
      assertEquals("https", server.address().getScheme());
      assertEquals(200, status(client, server.address().resolve("/healthz"), "none"));
    }
    String message =
        assertThrows(DataException.class, () -> ModelServer.start(options().tls(keys, "wrong")))
            .getMessage();
    assertTrue(message.contains(keys.toString()), message);
  }

  private static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @Test
  void namesAPortThatIsInUse() {
    try (ModelServer server = ModelServer.start(options())) {
      int port = server.address().getPort();
      String message =
          assertThrows(DataException.class, () -> ModelServer.start(options().port(port)))
              .getMessage();
      assertTrue(message.contains("localhost:" + port), message);
    }
  }

  @Test
  void namesAModelThatCannotBeLoaded() {
    Path none = folder.resolve("none");
    String message =
        assertThrows(
                RuntimeException.class, () -> ModelServer.start(ServerOptions.of("none", none)))
            .getMessage();
    assertTrue(message.contains(none.toString()), message);
  }

  @Test
  void aFolderOfVersionsIsServedByNumber() throws IOException, InterruptedException {
    Path versions = folder.resolve("versions");
    Network network = Network.of(Shape.of(2, 2, 1), flatten(), dense(1));
    try (Model<float[]> model = Model.of(network, regression("ink"), adam(0.01))) {
      model.save(versions.resolve("2"));
      model.save(versions.resolve("10"));
    }
    try (ModelServer server = ModelServer.start(ServerOptions.of("ink", versions).port(0))) {
      String body =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.address().resolve("/v1/models/ink")).build(),
                  BodyHandlers.ofString())
              .body();
      assertTrue(body.indexOf("\"10\"") < body.indexOf("\"2\""), body);
    }
  }
}
