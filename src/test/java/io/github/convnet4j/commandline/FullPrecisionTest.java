package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.SessionOptions;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Commands that use a model that was trained with mixed precision, in either precision. */
class FullPrecisionTest {
  private static final String OPTION = "--full-precision";

  @TempDir private static Path models;
  @TempDir private Path folder;
  private static Path mixed;
  private static Path full;
  private static Path onlyTraining;

  @BeforeAll
  static void train() throws IOException {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            maxPool(2),
            conv2d(4, 3),
            relu(),
            conv2d(4, 3).stride(2),
            relu(),
            flatten(),
            dense(10));
    Path file = Files.writeString(models.resolve("net.json"), network.toJson());
    mixed = trained(file, "mixed", "--mixed-precision");
    onlyTraining = trained(file, "training", "--mixed-precision=training");
    full = trained(file, "full", "--seed=0");
  }

  private static Path trained(Path network, String name, String option) {
    Path out = models.resolve(name);
    Shell.done(
        "train", "--data=digits", "--network=" + network, "--out=" + out, "--epochs=1", option);
    return out;
  }

  private static double loss(String... command) throws IOException {
    return new ObjectMapper().readTree(Shell.done(command)).get("loss").doubleValue();
  }

  private static double loss(Path saved, SessionOptions session) {
    try (Model<?> model = Model.load(saved, ModelJson.standard(), session)) {
      return model.evaluate(BundledDigits.read().test()).loss();
    }
  }

  @Test
  void evaluateComputesInThePrecisionThatIsAskedFor() throws IOException {
    double rounded = loss("evaluate", mixed.toString(), "--data=digits", "--json");
    double exact = loss("evaluate", mixed.toString(), "--data=digits", "--json", OPTION);
    assertEquals(loss(mixed, SessionOptions.standard()), rounded);
    assertEquals(loss(mixed, SessionOptions.standard().fullPrecision()), exact);
    assertNotEquals(rounded, exact);
    assertEquals(rounded, exact, 0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "training"})
  void aModelThatPredictsInFullPrecisionAcceptsTheOption(String name) {
    String model = models.resolve(name).toString();
    Shell plain = new Shell();
    Shell asked = new Shell();
    assertEquals(0, plain.execute("evaluate", model, "--data=digits"));
    assertEquals(0, asked.execute("evaluate", model, "--data=digits", OPTION));
    assertEquals(plain.out(), asked.out());
    assertEquals(plain.messages(), asked.messages());
  }

  @Test
  void predictComputesInThePrecisionThatIsAskedFor() throws IOException {
    Path picture = picture();
    String rounded = Shell.done("predict", mixed.toString(), picture.toString(), "--json");
    String exact = Shell.done("predict", mixed.toString(), picture.toString(), "--json", OPTION);
    for (SessionOptions session :
        List.of(SessionOptions.standard(), SessionOptions.standard().fullPrecision())) {
      assertEquals(
          probability(picture, session),
          new ObjectMapper()
              .readTree(session.isFullPrecision() ? exact : rounded)
              .at("/0/classes/0/probability")
              .floatValue());
    }
    assertNotEquals(rounded, exact);
  }

  @Test
  void serveComputesInThePrecisionThatIsAskedFor() throws IOException, InterruptedException {
    byte[] picture = Files.readAllBytes(picture());
    assertEquals(
        probability(picture(), SessionOptions.standard()), served(picture, "--port=0"), 1e-6f);
    assertEquals(
        probability(picture(), SessionOptions.standard().fullPrecision()),
        served(picture, "--port=0", OPTION),
        1e-6f);
  }

  private Path picture() throws IOException {
    Path picture = folder.resolve("cross.png");
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 4; i < 24; i++) {
      image.getRaster().setSample(i, 14, 0, 255);
      image.getRaster().setSample(14, i, 0, 199);
    }
    ImageIO.write(image, "png", picture.toFile());
    return picture;
  }

  /** Returns the probability of the most likely class. */
  private static float probability(Path picture, SessionOptions session) {
    try (Model<Prediction> model =
        Model.load(mixed, Prediction.class, ModelJson.standard(), session)) {
      return model.predict(picture).probability();
    }
  }

  /** Starts a server, asks it for the probability of the most likely class, and stops it. */
  private static float served(byte[] picture, String... options)
      throws IOException, InterruptedException {
    String[] command =
        Stream.concat(Stream.of("serve", mixed.toString()), Stream.of(options))
            .toArray(String[]::new);
    try (PipedOutputStream out = new PipedOutputStream();
        BufferedReader printed =
            new BufferedReader(
                new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
      PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
      Thread server = new Thread(() -> Commands.execute(to, to, command));
      server.start();
      String line = printed.readLine();
      assertTrue(line.startsWith("Listening on "), line);
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(line.substring("Listening on ".length()) + "predict"))
                      .POST(BodyPublishers.ofByteArray(picture))
                      .build(),
                  BodyHandlers.ofString());
      server.interrupt();
      server.join();
      assertEquals(200, answer.statusCode(), answer::body);
      return new ObjectMapper().readTree(answer.body()).at("/predictions/0/value").floatValue();
    }
  }

  @Test
  void aReportSaysThePrecision() throws IOException {
    Path page = folder.resolve("page.html");
    Shell.done("report", mixed.toString(), "--data=digits", "--out=" + page);
    assertTrue(fact(page).contains("training and inference<"), fact(page));
    Shell.done("report", mixed.toString(), "--data=digits", "--out=" + page, OPTION);
    assertTrue(fact(page).contains("training and inference; off"), fact(page));
    Shell.done("report", onlyTraining.toString(), "--data=digits", "--out=" + page);
    assertTrue(fact(page).contains("training<"), fact(page));
    Shell.done("report", full.toString(), "--data=digits", "--out=" + page, OPTION);
    assertFalse(Files.readString(page).contains("mixed precision"));
  }

  /** Returns the text after the name of the setting. */
  private static String fact(Path page) throws IOException {
    String html = Files.readString(page);
    int start = html.indexOf("mixed precision");
    return html.substring(start, start + 80);
  }

  @Test
  void summarySaysThePrecision() {
    assertTrue(
        Shell.done("summary", mixed.toString())
            .contains("Mixed precision: training and inference\n"));
    assertTrue(
        Shell.done("summary", onlyTraining.toString()).contains("Mixed precision: training\n"));
    assertFalse(Shell.done("summary", full.toString()).contains("Mixed precision"));
  }
}
