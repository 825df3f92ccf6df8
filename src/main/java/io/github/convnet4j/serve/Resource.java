package io.github.convnet4j.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What is at a path: an action for each method.
 *
 * @param actions by the names of the methods
 */
record Resource(Map<String, Action> actions) {
  /** Answers a request. It may throw a {@link Refusal}, or complete with one. */
  @FunctionalInterface
  interface Action {
    CompletionStage<Answer> answer(Call call);
  }

  Resource {
    actions = new LinkedHashMap<>(actions);
  }

  /** Returns a resource that answers GET at once. */
  static Resource get(Function<Call, Answer> action) {
    return new Resource(
        Map.of("GET", call -> CompletableFuture.completedFuture(action.apply(call))));
  }

  static Resource post(Action action) {
    return new Resource(Map.of("POST", action));
  }
}
