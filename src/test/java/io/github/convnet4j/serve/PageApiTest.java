package io.github.convnet4j.serve;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.inspect.GradCam;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.LayerOutput;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** The page's files, and what it asks the server. */
@TestInstance(Lifecycle.PER_CLASS)
class PageApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");
  private static final Pattern FETCH = Pattern.compile("fetch\\(\"([^\"]+)\"");
  private static final Pattern TEXT = Pattern.compile("(?:text|say)\\(\\s*\"([A-Za-z]+)\"");
  private static final Pattern WORD = Pattern.compile("\"([A-Za-z]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  @TempDir private static Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Model<Prediction> model;
  private ModelServer server;

  @BeforeAll
  void start() {
    Network network = Network.of(Shape.of(4, 3, 1), conv2d(5, 3), relu(), flatten(), dense(2));
    model = Model.of(network, classification("dark", "light"), adam(0.01));
    model.save(folder.resolve("shades"));
    try (Model<Prediction> numbers =
        Model.of(Network.of(Shape.of(4), dense(2)), classification("a", "b"), adam(0.01))) {
      numbers.save(folder.resolve("numbers"));
    }
    server =
        ModelServer.start(
            ServerOptions.of("shades", folder.resolve("shades"))
                .model("numbers", folder.resolve("numbers"))
                .port(0));
  }

  @AfterAll
  void stop() {
    server.close();
    model.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  private HttpResponse<String> look(String query, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        request("page/look?" + query).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  /** Returns all files of the page by their paths, found by their references to each other. */
  private Map<String, String> files() throws IOException, InterruptedException {
    Map<String, String> files = new TreeMap<>();
    Document index = Jsoup.parse(get("").body());
    for (Element element : index.select("link[href], script[src], img[src]")) {
      add(element.hasAttr("href") ? element.attr("href") : element.attr("src"), files);
    }
    return files;
  }

  private void add(String path, Map<String, String> files)
      throws IOException, InterruptedException {
    if (files.containsKey(path)) {
      return;
    }
    HttpResponse<String> file = get(path);
    assertEquals(200, file.statusCode(), path);
    files.put(path, file.body());
    if (path.endsWith(".js")) {
      for (String imported : found(IMPORT, file.body())) {
        add("page/" + imported, files);
      }
      for (String fetched : found(FETCH, file.body())) {
        add(fetched, files);
      }
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  @Test
  void servesAPageWithAStrictPolicy() throws IOException, InterruptedException {
    HttpResponse<String> page = get("");
    assertEquals(200, page.statusCode());
    Map<String, String> expected =
        Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-cache");
    expected.forEach(
        (name, value) -> assertEquals(value, page.headers().firstValue(name).orElse(""), name));
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    for (String part :
        List.of("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")) {
      assertTrue(policy.contains(part), policy);
    }
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals(404, get("page/index.html").statusCode());
    assertEquals(400, get("page/..%2fModelServer.class").statusCode());
  }

  @Test
  void nothingOnThePageIsElsewhereOrBreaksThePolicy() throws IOException, InterruptedException {
    Document index = Jsoup.parse(get("").body());
    for (Element element : index.getAllElements()) {
      element
          .attributes()
          .forEach(
              attribute -> {
                assertFalse(attribute.getKey().startsWith("on"), element::toString);
                assertFalse(attribute.getKey().equals("style"), element::toString);
                assertFalse(attribute.getValue().contains("//"), element::toString);
              });
    }
    assertTrue(index.select("script").stream().allMatch(script -> script.data().isBlank()));
    assertEquals(0, index.select("style").size());
    files()
        .forEach(
            (path, content) ->
                assertFalse(
                    content.replace("http://www.w3.org/2000/svg", "").contains("://"), path));
  }

  @Test
  void eachFileHasItsType() throws IOException, InterruptedException {
    Map<String, String> types =
        Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");
    TreeSet<String> endings = new TreeSet<>();
    for (String path : files().keySet()) {
      String ending = path.substring(path.lastIndexOf('.') + 1);
      endings.add(ending);
      HttpResponse<String> file = get(path);
      assertEquals(types.get(ending), file.headers().firstValue("Content-Type").orElse(""), path);
      assertEquals("nosniff", file.headers().firstValue("X-Content-Type-Options").orElse(""), path);
    }
    assertEquals(types.keySet(), endings);
  }

  @Test
  void sendsAnUnchangedFileOnlyOnce() throws IOException, InterruptedException {
    String tag = get("page/page.css").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        client.send(
            request("page/page.css").header("If-None-Match", tag).GET().build(),
            BodyHandlers.ofString());
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    HttpResponse<String> other =
        client.send(
            request("page/page.css").header("If-None-Match", "\"0\"").GET().build(),
            BodyHandlers.ofString());
    assertEquals(200, other.statusCode());
  }

  @Test
  void textsAreCompleteInBothLanguages() throws IOException, InterruptedException {
    JsonNode texts = MAPPER.readTree(get("page/texts.json").body());
    JsonNode english = texts.path("en");
    JsonNode korean = texts.path("ko");
    assertEquals(2, texts.size());
    TreeSet<String> keys = new TreeSet<>();
    english.fieldNames().forEachRemaining(keys::add);
    TreeSet<String> koreanKeys = new TreeSet<>();
    korean.fieldNames().forEachRemaining(koreanKeys::add);
    assertEquals(keys, koreanKeys);
    for (String key : keys) {
      assertFalse(korean.path(key).textValue().isBlank(), key);
      assertEquals(places(english.path(key)), places(korean.path(key)), key);
    }
    TreeSet<String> used = new TreeSet<>();
    TreeSet<String> words = new TreeSet<>();
    Document index = Jsoup.parse(get("").body());
    for (Element element : index.select("[data-text], [data-label], [data-alt]")) {
      Stream.of("data-text", "data-label", "data-alt")
          .filter(element::hasAttr)
          .forEach(attribute -> used.add(element.attr(attribute)));
      if (element.hasAttr("data-text")) {
        assertEquals(english.path(element.attr("data-text")).textValue(), element.text());
      }
    }
    files()
        .forEach(
            (path, content) -> {
              if (path.endsWith(".js")) {
                used.addAll(found(TEXT, content));
                words.addAll(found(WORD, content));
              }
            });
    assertTrue(keys.containsAll(used), () -> keys + " lacks some of " + used);
    used.addAll(words);
    assertTrue(used.containsAll(keys), () -> "some of " + keys + " are not used: " + used);
  }

  private static List<String> places(JsonNode text) {
    return PLACE.matcher(text.textValue()).results().map(MatchResult::group).sorted().toList();
  }

  @Test
  void describesTheModels() throws IOException, InterruptedException {
    JsonNode models = MAPPER.readTree(get("page/models").body()).path("models");
    assertEquals(2, models.size());
    JsonNode shades = models.path(0);
    assertEquals("shades", shades.path("name").textValue());
    assertTrue(shades.path("layers").booleanValue());
    assertEquals("light", shades.path("outputs").path(0).path("labels").path(1).textValue());
    assertEquals(
        MAPPER.readTree(
            "{\"height\":4,\"width\":3,\"channels\":1,\"inverted\":false,\"drawn\":true}"),
        shades.path("picture"));
    assertTrue(models.path(1).path("picture").isMissingNode());
  }

  @Test
  void showsLayersAndGradCam() throws IOException, InterruptedException {
    byte[] file = png();
    JsonNode look = MAPPER.readTree(look("model=shades&class=1", file).body());
    float[] image = new float[12];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (i * 20 * (1 / 255.0));
    }
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(look.path("picture").binaryValue()));
    assertEquals(220, seen.getRaster().getSample(2, 3, 0));
    try (Inspection inspection = Inspection.of(model)) {
      List<LayerOutput> outputs =
          inspection.layerOutputs(image).stream()
              .filter(output -> !output.kind().equals("flatten"))
              .toList();
      assertEquals(outputs.size(), look.path("layers").size());
      assertEquals(outputs.size(), look.path("layerNames").size());
      for (int i = 0; i < outputs.size(); i++) {
        JsonNode layer = look.path("layers").path(i);
        LayerOutput output = outputs.get(i);
        assertEquals(output.layer(), layer.path("name").textValue());
        assertEquals(output.shape().numDimensions(), layer.path("shape").size());
        assertArrayEquals(levels(inOrder(output)), layer.path("values").binaryValue());
      }
    }
    GradCam cam = GradCam.of(model, image, 1);
    assertEquals(cam.layer(), look.path("gradCam").path("layer").textValue());
    assertEquals(1, look.path("gradCam").path("classIndex").intValue());
    assertArrayEquals(levels(cam.overImage()), look.path("gradCam").path("values").binaryValue());
  }

  /** Returns the maps one after another. */
  private static float[] inOrder(LayerOutput output) {
    if (!output.hasMaps()) {
      return output.values();
    }
    float[] all = new float[output.values().length];
    int each = (int) (output.shape().get(0) * output.shape().get(1));
    for (int channel = 0; channel < output.shape().get(2); channel++) {
      System.arraycopy(output.map(channel), 0, all, channel * each, each);
    }
    return all;
  }

  private static byte[] levels(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    byte[] levels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      levels[i] = (byte) (largest == 0 ? 0 : Math.round(values[i] / largest * 127));
    }
    return levels;
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

  @Test
  void showsOneLayer() throws IOException, InterruptedException {
    JsonNode look = MAPPER.readTree(look("model=shades&layer=dense", png()).body());
    assertEquals(1, look.path("layers").size());
    assertEquals("dense", look.path("layers").path(0).path("name").textValue());
    assertTrue(look.path("layerNames").size() > 1);
  }

  @Test
  void refusesALookWithASentence() throws IOException, InterruptedException {
    record Case(int status, HttpResponse<String> answer, String part) {}
    for (Case each :
        List.of(
            new Case(400, look("model=shades&class=2", png()), "2"),
            new Case(400, look("model=shades&class=x", png()), "class"),
            new Case(400, look("model=shades&class=-1", png()), "class"),
            new Case(400, look("model=shades&layer=x", png()), "dense"),
            new Case(404, look("model=cats", png()), "cats"),
            new Case(400, look("model=numbers", png()), "numbers"),
            new Case(400, look("model=shades", new byte[0]), "empty"),
            new Case(400, look("model=shades", new byte[9]), "picture"),
            new Case(405, get("page/look"), "POST"))) {
      assertEquals(each.status(), each.answer().statusCode(), each.answer()::body);
      String error = MAPPER.readTree(each.answer().body()).path("error").asText();
      assertTrue(error.contains(each.part()), error);
    }
    assertEquals(200, look("", png()).statusCode());
  }

  @Test
  void thePageNeedsNoToken() throws IOException, InterruptedException {
    try (ModelServer closed =
        ModelServer.start(
            ServerOptions.of("shades", folder.resolve("shades")).port(0).token("secret"))) {
      for (Map.Entry<String, Integer> each :
          Map.of("", 200, "page/main.js", 200, "page/models", 401, "page/look", 401, "page/x", 401)
              .entrySet()) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(closed.address() + each.getKey())).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(each.getValue(), answer.statusCode(), each.getKey());
      }
    }
  }
}
