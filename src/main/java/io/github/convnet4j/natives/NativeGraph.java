package io.github.convnet4j.natives;

import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * A graph and its session, closed in the only order that works: a graph that is closed before its
 * session waits for the session forever.
 *
 * <p>Not safe for use by several threads at the same time; the session that it returns is.
 */
public final class NativeGraph implements AutoCloseable {
  private final SessionConfig config;
  private final Graph graph;
  private Optional<Session> session = Optional.empty();

  private final boolean ownsGraph;

  private NativeGraph(SessionConfig config) {
    NativeTensorFlow.load();
    config.requireDevice();
    this.config = config;
    graph = new Graph();
    ownsGraph = true;
  }

  private NativeGraph(Graph graph, SessionConfig config) {
    config.requireDevice();
    this.config = config;
    this.graph = graph;
    ownsGraph = false;
  }

  /** Returns an object that opens a session of someone else's graph, and closes only that. */
  public static NativeGraph over(Graph graph, SessionConfig config) {
    return new NativeGraph(graph, config);
  }

  /**
   * Opens an empty graph, which the caller must close.
   *
   * @throws MissingNativeException if TensorFlow's library cannot be loaded
   */
  public static NativeGraph open() {
    return open(SessionConfig.standard());
  }

  /**
   * Opens an empty graph, which the caller must close.
   *
   * @param config how its session is opened
   * @throws MissingNativeException if TensorFlow's library cannot be loaded
   * @throws IllegalArgumentException if a device is required that does not exist
   */
  public static NativeGraph open(SessionConfig config) {
    return new NativeGraph(config);
  }

  /**
   * Creates an object that owns a graph, and closes the graph if that fails.
   *
   * @param owner creates the object, which must close the graph later
   * @throws MissingNativeException if TensorFlow's library cannot be loaded
   */
  public static <T> T openFor(Function<NativeGraph, T> owner) {
    return openFor(SessionConfig.standard(), owner);
  }

  /**
   * Creates an object that owns a graph, and closes the graph if that fails.
   *
   * @param config how its session is opened
   * @param owner creates the object, which must close the graph later
   * @throws MissingNativeException if TensorFlow's library cannot be loaded
   * @throws IllegalArgumentException if a device is required that does not exist
   */
  public static <T> T openFor(SessionConfig config, Function<NativeGraph, T> owner) {
    NativeGraph opened = open(config);
    try {
      return owner.apply(opened);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /** Returns the graph; only this object may close it. */
  public Graph graph() {
    return graph;
  }

  /** Returns the operations at the root of the graph, with the same names in every locale. */
  public Ops ops() {
    return GraphOps.of(graph);
  }

  /** Returns the session, which the first call opens; only this object may close it. */
  public Session session() {
    if (session.isEmpty()) {
      session = Optional.of(config.open(graph));
    }
    return session.get();
  }

  /** Closes the session, then the graph. Closing again has no effect. */
  @Override
  public void close() {
    session.ifPresent(Session::close);
    session = Optional.empty();
    if (ownsGraph) {
      graph.close();
    }
  }
}
