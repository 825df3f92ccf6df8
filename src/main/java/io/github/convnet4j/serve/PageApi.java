package io.github.convnet4j.serve;

import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The page for browsers, at {@code /}: its files, which models there are, and what happens inside a
 * network for a picture.
 */
final class PageApi implements Api {
  private static final String ROOT = "page";

  /** Nothing may come from elsewhere or go there. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
          + "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private static final String INDEX = "index.html";

  private static final List<String> FILES =
      List.of(
          "page.css",
          "icon.svg",
          "texts.json",
          "main.js",
          "texts.js",
          "server.js",
          "drawing.js",
          "digit.js",
          "photo.js",
          "results.js",
          "maps.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  /** The largest side of a picture on which one draws; larger ones are for photographs. */
  private static final int LARGEST_DRAWING = 64;

  private final ModelShelf shelf;
  private final Resource index = file(INDEX);
  private final Map<String, Resource> files = new LinkedHashMap<>();

  PageApi(ModelShelf shelf) {
    this.shelf = shelf;
    FILES.forEach(file -> files.put(file, file(file)));
  }

  /**
   * Whether a path is answered without a token. Browsers cannot send one with the request for a
   * page, so the page itself asks for it.
   */
  static boolean isOpen(List<String> path) {
    return path.isEmpty()
        || (path.size() == 2 && path.get(0).equals(ROOT) && FILES.contains(path.get(1)));
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(index);
    }
    if (path.size() != 2 || !path.get(0).equals(ROOT)) {
      return Optional.empty();
    }
    return switch (path.get(1)) {
      case "models" -> Optional.of(Resource.get(call -> uncached(Answer.json(200, models()))));
      case "look" -> Optional.of(Resource.post(this::look));
      default -> Optional.ofNullable(files.get(path.get(1)));
    };
  }

  private static Resource file(String name) {
    byte[] content = content(name);
    String tag = '"' + hash(content) + '"';
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    Map<String, String> headers =
        Map.of(
            "Content-Security-Policy",
            POLICY,
            "Referrer-Policy",
            "no-referrer",
            "ETag",
            tag,
            "Cache-Control",
            "no-cache");
    return Resource.get(
        call ->
            call.header("If-None-Match").filter(tag::equals).isPresent()
                ? new Answer(304, type, new byte[0], headers)
                : new Answer(200, type, content, headers));
  }

  private static byte[] content(String name) {
    try (InputStream in = PageApi.class.getResourceAsStream(ROOT + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the library's jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-256", e);
    }
  }

  private static Answer uncached(Answer answer) {
    return answer.with("Cache-Control", "no-store");
  }

  private Map<String, Object> models() {
    List<Map<String, Object>> models = new ArrayList<>();
    boolean prepared = false;
    for (String name : shelf.names()) {
      ServedModel model = shelf.find(name, OptionalLong.empty());
      models.add(described(model));
      if (!prepared && model.pictureFormat().isPresent()) {
        // While the user draws. The page shows the first one of these.
        CompletionStage<Void> unused =
            shelf.with(name, OptionalLong.empty(), newest -> newest.insight().prepare());
        prepared = true;
      }
    }
    return Map.of("models", models);
  }

  private static Map<String, Object> described(ServedModel model) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", model.name());
    described.put("version", model.version());
    described.put("layers", model.insight().isPossible());
    List<Map<String, Object>> outputs = new ArrayList<>();
    for (ServedModel.Port port : model.outputs()) {
      String kind = port.kind().name().toLowerCase(Locale.ROOT);
      outputs.add(Map.of("name", port.name(), "kind", kind, "labels", port.labels()));
    }
    described.put("outputs", outputs);
    model
        .pictureFormat()
        .flatMap(PictureFormat::size)
        .ifPresent(size -> described.put("picture", picture(model, size)));
    return described;
  }

  private static Map<String, Object> picture(ServedModel model, PictureFormat.Size size) {
    boolean inverted = model.pictureFormat().map(PictureFormat::inverted).orElse(false);
    long channels = model.inputs().values().iterator().next().get(2);
    boolean drawn =
        Math.max(size.height(), size.width()) <= LARGEST_DRAWING && (channels == 1 || inverted);
    Map<String, Object> picture = new LinkedHashMap<>();
    picture.put("height", size.height());
    picture.put("width", size.width());
    picture.put("channels", channels);
    picture.put("inverted", inverted);
    picture.put("drawn", drawn);
    return picture;
  }

  private CompletionStage<Answer> look(Call call) {
    if (call.body().length == 0) {
      throw Refusal.badRequest("the body must be a picture: it is empty");
    }
    String name = call.parameter("model").orElse(shelf.names().get(0));
    OptionalInt classIndex =
        call.parameter("class").map(PageApi::classIndex).orElse(OptionalInt.empty());
    Optional<String> layer = call.parameter("layer");
    return shelf.with(
        name,
        OptionalLong.empty(),
        model ->
            model.insight().compute(() -> uncached(look(model, call.body(), classIndex, layer))));
  }

  private static OptionalInt classIndex(String text) {
    try {
      int index = Integer.parseInt(text);
      if (index >= 0) {
        return OptionalInt.of(index);
      }
    } catch (NumberFormatException e) {
      // Refused below, like negative numbers.
    }
    throw Refusal.badRequest("class must be a number from 0 on");
  }

  private static Answer look(
      ServedModel model, byte[] file, OptionalInt classIndex, Optional<String> layer) {
    Picture picture = model.picture(file);
    Insight.Look look = model.insight().look(ServedModel.scaled(picture), classIndex, layer);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("model", model.name());
    answer.put("version", model.version());
    answer.put("picture", PngFile.of(picture));
    answer.put("layerNames", look.names());
    answer.put("layers", look.layers());
    look.heat().ifPresent(heat -> answer.put("gradCam", heat));
    return Answer.json(200, answer);
  }
}
