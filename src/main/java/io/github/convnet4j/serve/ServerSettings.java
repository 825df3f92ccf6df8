package io.github.convnet4j.serve;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The only implementation of {@link ServerOptions}. */
record ServerSettings(
    Map<String, Path> models,
    Function<Path, Model<?>> modelLoader,
    String address,
    int portNumber,
    Optional<String> bearer,
    Optional<Tls> encryption,
    Duration watchInterval,
    Http http,
    Batcher.Limits batching)
    implements ServerOptions {
  /** A key with its certificate. */
  record Tls(Path keyStore, String password) {}

  /** Limits of what a client may do. */
  record Http(int maxBody, Duration timeout, int maxConnections, int maxRequests) {}

  static final ServerSettings NONE =
      new ServerSettings(
          Map.of(),
          Model::load,
          "localhost",
          8080,
          Optional.empty(),
          Optional.empty(),
          Duration.ZERO,
          new Http(16 << 20, Duration.ofSeconds(30), 1000, 200),
          new Batcher.Limits(32, Duration.ZERO, 1, 8));

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  ServerSettings {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    requireNonNull(modelLoader, "modelLoader");
    requireNonNull(address, "address");
  }

  /** The fields while a copy is changed. */
  private static final class Draft {
    private final Map<String, Path> models;
    private Function<Path, Model<?>> modelLoader;
    private String address;
    private int portNumber;
    private Optional<String> bearer;
    private Optional<Tls> encryption;
    private Duration watchInterval;
    private Http http;
    private Batcher.Limits batching;

    Draft(ServerSettings from) {
      models = new LinkedHashMap<>(from.models);
      modelLoader = from.modelLoader;
      address = from.address;
      portNumber = from.portNumber;
      bearer = from.bearer;
      encryption = from.encryption;
      watchInterval = from.watchInterval;
      http = from.http;
      batching = from.batching;
    }
  }

  private ServerSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new ServerSettings(
        draft.models,
        draft.modelLoader,
        draft.address,
        draft.portNumber,
        draft.bearer,
        draft.encryption,
        draft.watchInterval,
        draft.http,
        draft.batching);
  }

  @Override
  public ServerOptions model(String name, Path folder) {
    requireNonNull(folder, "folder");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be up to 100 letters, digits, dots, hyphens and underscores: " + name);
    }
    if (models.containsKey(name)) {
      throw new IllegalArgumentException("name must be another for each model: " + name);
    }
    return with(draft -> draft.models.put(name, folder));
  }

  @Override
  public ServerOptions loader(Function<Path, Model<?>> newLoader) {
    return with(draft -> draft.modelLoader = newLoader);
  }

  @Override
  public ServerOptions host(String newHost) {
    return with(draft -> draft.address = newHost);
  }

  @Override
  public ServerOptions port(int newPort) {
    if (newPort < 0 || newPort > 65535) {
      throw new IllegalArgumentException("port must be from 0 to 65535: " + newPort);
    }
    return with(draft -> draft.portNumber = newPort);
  }

  @Override
  public ServerOptions token(String newToken) {
    if (newToken.isBlank()) {
      throw new IllegalArgumentException("token must not be empty");
    }
    return with(draft -> draft.bearer = Optional.of(newToken));
  }

  @Override
  public ServerOptions tls(Path keyStore, String password) {
    Tls tls = new Tls(requireNonNull(keyStore, "keyStore"), requireNonNull(password, "password"));
    return with(draft -> draft.encryption = Optional.of(tls));
  }

  @Override
  public ServerOptions watch(Duration interval) {
    if (interval.isNegative() || interval.toDays() > 1) {
      throw new IllegalArgumentException("interval must be at least 0, at most a day: " + interval);
    }
    return with(draft -> draft.watchInterval = interval);
  }

  @Override
  public ServerOptions maxBody(int bytes) {
    Require.atLeast("maxBody", bytes, 1);
    return with(
        draft -> draft.http = new Http(bytes, http.timeout, http.maxConnections, http.maxRequests));
  }

  @Override
  public ServerOptions timeout(Duration newTimeout) {
    if (newTimeout.isNegative() || newTimeout.isZero() || newTimeout.toDays() > 1) {
      throw new IllegalArgumentException("timeout must be above 0, at most a day: " + newTimeout);
    }
    return with(
        draft ->
            draft.http = new Http(http.maxBody, newTimeout, http.maxConnections, http.maxRequests));
  }

  @Override
  public ServerOptions maxConnections(int count) {
    Require.atLeast("maxConnections", count, 1);
    return with(
        draft -> draft.http = new Http(http.maxBody, http.timeout, count, http.maxRequests));
  }

  @Override
  public ServerOptions maxRequests(int count) {
    Require.atLeast("maxRequests", count, 1);
    return with(
        draft -> draft.http = new Http(http.maxBody, http.timeout, http.maxConnections, count));
  }

  @Override
  public ServerOptions maxBatchSize(int examples) {
    Require.atLeast("maxBatchSize", examples, 1);
    return batching(
        new Batcher.Limits(
            examples,
            batching.batchTimeout(),
            batching.batchThreads(),
            batching.maxEnqueuedBatches()));
  }

  @Override
  public ServerOptions batchTimeout(Duration newTimeout) {
    if (newTimeout.isNegative() || newTimeout.toMinutes() >= 1) {
      throw new IllegalArgumentException(
          "batchTimeout must be at least 0, and below a minute: " + newTimeout);
    }
    return batching(
        new Batcher.Limits(
            batching.maxBatchSize(),
            newTimeout,
            batching.batchThreads(),
            batching.maxEnqueuedBatches()));
  }

  @Override
  public ServerOptions batchThreads(int count) {
    Require.atLeast("batchThreads", count, 1);
    return batching(
        new Batcher.Limits(
            batching.maxBatchSize(),
            batching.batchTimeout(),
            count,
            batching.maxEnqueuedBatches()));
  }

  @Override
  public ServerOptions maxEnqueuedBatches(int count) {
    Require.atLeast("maxEnqueuedBatches", count, 1);
    return batching(
        new Batcher.Limits(
            batching.maxBatchSize(), batching.batchTimeout(), batching.batchThreads(), count));
  }

  private ServerOptions batching(Batcher.Limits limits) {
    return with(draft -> draft.batching = limits);
  }
}
