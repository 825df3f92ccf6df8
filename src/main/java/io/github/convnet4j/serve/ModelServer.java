package io.github.convnet4j.serve;

import io.github.convnet4j.data.DataException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A server that answers requests over HTTP with the predictions of models.
 *
 * <pre>{@code
 * try (ModelServer server =
 *     ModelServer.start(ServerOptions.of("digits", Path.of("my-digits")).port(8080))) {
 *   System.out.println("Listening on " + server.address());
 *   server.awaitEnd();
 * }
 * }</pre>
 *
 * <p>{@code GET /} is a page for browsers. {@code POST /predict} takes a picture. Clients of
 * TensorFlow Serving find its REST API under {@code /v1}, and those of the Open Inference Protocol
 * theirs under {@code /v2}. {@code GET /openapi.json} describes all of it.
 */
public final class ModelServer implements AutoCloseable {
  private final ModelShelf shelf;
  private final FolderWatch watch;
  private final HttpServer http;

  private ModelServer(ModelShelf shelf, FolderWatch watch, HttpServer http) {
    this.shelf = shelf;
    this.watch = watch;
    this.http = http;
  }

  /**
   * Loads the models, and starts to answer requests.
   *
   * @throws io.github.convnet4j.store.StoreException if a model cannot be loaded
   * @throws DataException if the address is in use or does not exist, the key cannot be read, or a
   *     library that it needs is missing
   */
  public static ModelServer start(ServerOptions options) {
    ServerSettings settings = (ServerSettings) options;
    requireLibraries();
    Metrics metrics = new Metrics();
    Memory memory = Memory.ofProcess();
    FolderWatch watch = new FolderWatch(settings.models());
    ModelShelf shelf =
        new ModelShelf(
            settings.models(),
            settings.modelLoader(),
            settings.batching(),
            memory,
            metrics::computed);
    metrics.watch(shelf);
    try {
      HttpServer http = HttpServer.start(settings, apis(shelf, metrics), metrics, memory);
      if (!settings.watchInterval().isZero()) {
        watch.start(shelf, settings.watchInterval());
      }
      return new ModelServer(shelf, watch, http);
    } catch (RuntimeException e) {
      shelf.close();
      throw e;
    }
  }

  /** Returns all that a server answers, in the order in which a request is offered to them. */
  static List<Api> apis(ModelShelf shelf, Metrics metrics) {
    return List.of(
        new HealthApi(shelf),
        new PageApi(shelf),
        metrics,
        new OpenApi(),
        new PictureApi(shelf),
        new TensorFlowServingApi(shelf),
        new OpenInferenceApi(shelf));
  }

  private static void requireLibraries() {
    try {
      Class.forName("org.eclipse.jetty.server.Server");
      Class.forName("io.prometheus.metrics.core.metrics.Counter");
      Class.forName("io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter");
    } catch (ClassNotFoundException e) {
      throw new DataException(
          "the server needs libraries that are optional: add"
              + " org.eclipse.jetty:jetty-server:12.1.14,"
              + " io.prometheus:prometheus-metrics-core:1.10.0 and"
              + " io.prometheus:prometheus-metrics-exposition-textformats:1.10.0 to the"
              + " dependencies of your program",
          e);
    }
  }

  /** Returns the address of the page. */
  public URI address() {
    return http.address();
  }

  /**
   * Loads a model again from its folder. Requests that arrive meanwhile are answered by the old
   * one; none is dropped.
   *
   * @throws IllegalArgumentException if there is no model of this name
   * @throws io.github.convnet4j.store.StoreException if it cannot be loaded; the old one then stays
   */
  public void reload(String name) {
    if (!shelf.names().contains(name)) {
      throw new IllegalArgumentException(
          "name must be one of %s: %s".formatted(shelf.names(), name));
    }
    shelf.reload(name);
  }

  /**
   * Waits until the process is to end, by Ctrl-C for example, and then closes the server before it
   * ends. Also returns if the thread is interrupted.
   */
  public void awaitEnd() {
    CountDownLatch never = new CountDownLatch(1);
    Thread hook = new Thread(this::close, "stop the server");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  /** Refuses new requests, answers those that have arrived, and closes the models. */
  @Override
  public void close() {
    shelf.hurry();
    http.close();
    watch.close();
    shelf.close();
  }
}
