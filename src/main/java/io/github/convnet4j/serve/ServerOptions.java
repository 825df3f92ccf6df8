package io.github.convnet4j.serve;

import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a {@link ModelServer} serves, where, and its limits:
 *
 * <pre>{@code
 * ServerOptions.of("digits", Path.of("my-digits")).port(8080).token(System.getenv("TOKEN"))
 * }</pre>
 *
 * <p>Immutable: each method returns a copy with one option changed.
 */
public sealed interface ServerOptions permits ServerSettings {
  /**
   * Returns the defaults for one model: port 8080 of this machine only, without a token.
   *
   * @param name what clients call the model
   * @param folder a saved model, or a folder of versions that are named by numbers
   */
  static ServerOptions of(String name, Path folder) {
    return ServerSettings.NONE.model(name, folder);
  }

  /** Serves one more model. */
  ServerOptions model(String name, Path folder);

  /** Sets how models are loaded, for those with layers of your own. */
  ServerOptions loader(Function<Path, Model<?>> newLoader);

  /**
   * Sets the address to listen on. The default is the loopback address, which only programs on this
   * machine reach; {@code 0.0.0.0} is reached from everywhere, so give a {@link #token} too.
   */
  ServerOptions host(String newHost);

  /**
   * Sets the port.
   *
   * @param newPort 0 for any that is free, up to 65535
   */
  ServerOptions port(int newPort);

  /**
   * Answers only requests with the header {@code Authorization: Bearer TOKEN}; health checks need
   * none.
   */
  ServerOptions token(String newToken);

  /**
   * Speaks HTTPS with the key and certificate in a PKCS12 file.
   *
   * @param password of the file and the key
   */
  ServerOptions tls(Path keyStore, String password);

  /**
   * Looks into the models' folders at this interval, and loads what has been saved there meanwhile:
   * another model in place of the one that is served, or a new version. Requests that arrive while
   * it is loaded are answered by the old one; none is dropped. If it cannot be loaded, the log says
   * so once, and the old one stays. A version whose folder is removed is served no more, unless it
   * is the last one.
   *
   * @param interval 0, the default, for never
   */
  ServerOptions watch(Duration interval);

  /** Sets the most bytes of a request's body, also decompressed; 16 MiB by default. */
  ServerOptions maxBody(int bytes);

  /**
   * Sets how long a request may take to arrive, and how long a connection may be idle; 30 seconds
   * by default.
   */
  ServerOptions timeout(Duration newTimeout);

  /** Sets the most connections at the same time; 1,000 by default. */
  ServerOptions maxConnections(int count);

  /**
   * Sets the most requests that have arrived and are computed at the same time; others get status
   * 503. 200 by default.
   */
  ServerOptions maxRequests(int count);

  /** Sets the most examples that are computed together; 32 by default. */
  ServerOptions maxBatchSize(int examples);

  /**
   * Sets how long a request may wait for others that are computed together with it; 0 by default.
   * Even then, requests that arrive while a batch is computed are computed together.
   */
  ServerOptions batchTimeout(Duration newTimeout);

  /** Sets how many batches of a model are computed at the same time; 1 by default. */
  ServerOptions batchThreads(int count);

  /** Sets how many full batches of a model may wait; further requests get status 503. */
  ServerOptions maxEnqueuedBatches(int count);
}
