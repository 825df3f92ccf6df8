package io.github.convnet4j.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The description of all APIs, for tools that make clients: {@code GET /openapi.json}. */
final class OpenApi implements Api {
  private static final String FILE = "openapi.json";

  private final byte[] document;

  OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      document = Objects.requireNonNull(in, FILE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    return path.equals(List.of(FILE))
        ? Optional.of(Resource.get(call -> Answer.of(200, Answer.JSON, document)))
        : Optional.empty();
  }
}
