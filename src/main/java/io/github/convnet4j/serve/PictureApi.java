package io.github.convnet4j.serve;

import io.github.convnet4j.check.Largest;
import io.github.convnet4j.picture.Picture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * A picture in, its prediction out, for {@code curl} and web pages: {@code POST /predict} for the
 * first model, {@code POST /predict/NAME} for another one.
 */
final class PictureApi implements Api {
  /** More classes than these are cut off, unless the client asks for them with {@code top}. */
  private static final int MOST_CLASSES = 10;

  private static final int MOST_CLASSES_OF_MASK = 256;
  private static final int WHITE = 255;

  private final ModelShelf shelf;

  PictureApi(ModelShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    if (path.isEmpty() || !path.get(0).equals("predict") || path.size() > 2) {
      return Optional.empty();
    }
    String name = path.size() == 2 ? path.get(1) : shelf.names().get(0);
    shelf.find(name, OptionalLong.empty()); // Refuses an unknown one before the picture arrives.
    return Optional.of(
        Resource.post(
            call -> shelf.with(name, OptionalLong.empty(), model -> predict(call, model))));
  }

  private static CompletionStage<Answer> predict(Call call, ServedModel model) {
    if (call.body().length == 0) {
      throw Refusal.badRequest("the body must be a picture: it is empty");
    }
    int top = call.parameter("top").map(PictureApi::top).orElse(MOST_CLASSES);
    return model
        .outputs(1, model.decoded(call.body()), call.memory())
        .thenApply(outputs -> Answer.json(200, described(model, outputs, top)));
  }

  private static int top(String text) {
    try {
      int top = Integer.parseInt(text);
      if (top >= 1) {
        return top;
      }
    } catch (NumberFormatException e) {
      // Refused below, like 0.
    }
    throw Refusal.badRequest("top must be a number from 1 on");
  }

  private static Map<String, Object> described(
      ServedModel model, Map<String, float[]> outputs, int top) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("model", model.name());
    answer.put("version", model.version());
    List<ServedModel.Port> ports = model.outputs();
    for (ServedModel.Port port : ports) {
      Object described = described(port, outputs.get(port.name()), top);
      answer.put(ports.size() == 1 ? "predictions" : port.name(), described);
    }
    return answer;
  }

  private static Object described(ServedModel.Port port, float[] values, int top) {
    return switch (port.kind()) {
      case CLASSES, LABELS -> largest(port.labels(), values, top);
      case NUMBERS ->
          IntStream.range(0, values.length)
              .mapToObj(i -> named(port.labels().get(i), values[i]))
              .toList();
      case PIXELS -> mask(port, values);
      case IMAGE -> Map.of("image", png(port.shape(), bytes(values)));
      case VALUES -> values;
    };
  }

  /**
   * Returns the share of each class, and a gray PNG whose pixels are the numbers of the classes, as
   * in a mask to train with. There is none if the numbers do not fit into a byte.
   */
  private static Map<String, Object> mask(ServedModel.Port port, float[] values) {
    int classes = port.labels().size();
    byte[] mask = new byte[values.length / classes];
    int[] counts = new int[classes];
    for (int i = 0; i < mask.length; i++) {
      int likely = Largest.indexOf(values, i * classes, classes);
      mask[i] = (byte) likely;
      counts[likely]++;
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put(
        "shares",
        IntStream.range(0, classes)
            .mapToObj(i -> named(port.labels().get(i), (float) counts[i] / mask.length))
            .toList());
    if (classes <= MOST_CLASSES_OF_MASK) {
      described.put("mask", png(port.shape().take(2).append(1), mask));
    }
    return described;
  }

  /** Converts values from 0 to 1 to bytes. What is outside is clipped, and NaN becomes 0. */
  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(WHITE * Math.max(0, Math.min(1, values[i])));
    }
    return bytes;
  }

  private static byte[] png(Shape shape, byte[] pixels) {
    return PngFile.of(
        Picture.of((int) shape.get(0), (int) shape.get(1), (int) shape.get(2), pixels));
  }

  /** Returns the largest values, with their names. */
  private static List<Map<String, Object>> largest(List<String> names, float[] values, int top) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a]))
        .limit(top)
        .map(i -> named(names.get(i), values[i]))
        .toList();
  }

  private static Map<String, Object> named(String name, float value) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("name", name);
    named.put("value", value);
    return named;
  }
}
