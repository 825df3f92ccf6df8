package io.github.convnet4j.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * A picture in, its prediction out, for {@code curl} and web pages: {@code POST /predict} for the
 * first model, {@code POST /predict/NAME} for another one.
 */
final class PictureApi implements Api {
  /** More classes than these are cut off, unless the client asks for them with {@code top}. */
  private static final int MOST_CLASSES = 10;

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
    for (ServedModel.Port port : model.outputs()) {
      float[] values = outputs.get(port.name());
      boolean named = port.labels().size() == values.length;
      Object described = named ? named(port.labels(), values, top) : values;
      answer.put(model.outputs().size() == 1 ? "predictions" : port.name(), described);
    }
    return answer;
  }

  /** Returns the largest values, with their names. */
  private static List<Map<String, Object>> named(List<String> names, float[] values, int top) {
    List<Map<String, Object>> all = new ArrayList<>();
    IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a]))
        .limit(top)
        .forEach(
            i -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("name", names.get(i));
              one.put("value", values[i]);
              all.add(one);
            });
    return all;
  }
}
