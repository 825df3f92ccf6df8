package io.github.convnet4j.serve;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the server runs: {@code GET /healthz}. */
final class HealthApi implements Api {
  private static final List<String> HEALTH = List.of("healthz");
  private static final List<String> LIVE = List.of("v2", "health", "live");
  private static final List<String> READY = List.of("v2", "health", "ready");

  private final ModelShelf shelf;

  HealthApi(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /** Whether a path is answered without a token. */
  static boolean isOpen(List<String> path) {
    return path.equals(HEALTH) || path.equals(LIVE) || path.equals(READY);
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    if (path.equals(HEALTH)) {
      return Optional.of(
          Resource.get(
              call -> Answer.json(200, Map.of("status", "ok", "models", shelf.names().size()))));
    }
    if (path.equals(LIVE)) {
      return Optional.of(Resource.get(call -> Answer.json(200, Map.of("live", true))));
    }
    return path.equals(READY)
        ? Optional.of(Resource.get(call -> Answer.json(200, Map.of("ready", true))))
        : Optional.empty();
  }
}
