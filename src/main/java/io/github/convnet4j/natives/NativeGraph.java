package io.github.convnet4j.natives;

import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * A graph and its session, closed in the only order that works: a graph that is closed before its
 * session waits for it forever.
 *
 * <p>Not safe for use by several threads at once; the session that it gives is.
 */
public final class NativeGraph implements AutoCloseable {
  private final Graph graph;
  private Optional<Session> session = Optional.empty();

  private NativeGraph() {
    NativeTensorFlow.load();
    graph = new Graph();
  }

  /**
   * An empty graph, to be closed by the caller.
   *
   * @throws MissingNativeException if TensorFlow's library cannot be loaded
   */
  public static NativeGraph open() {
    return new NativeGraph();
  }

  /**
   * Makes something that owns a graph, and closes the graph if making it fails.
   *
   * @param owner makes what closes the graph later
   * @throws MissingNativeException if TensorFlow's library cannot be loaded
   */
  public static <T> T openFor(Function<NativeGraph, T> owner) {
    NativeGraph opened = open();
    try {
      return owner.apply(opened);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /** The graph; it stays this object's to close. */
  public Graph graph() {
    return graph;
  }

  /** Operations at the root of the graph, named alike in every locale. */
  public Ops ops() {
    return GraphOps.of(graph);
  }

  /** The session, opened by the first call; it stays this object's to close. */
  public Session session() {
    if (session.isEmpty()) {
      session = Optional.of(new Session(graph));
    }
    return session.get();
  }

  /** Closes the session, then the graph. Closing twice does nothing. */
  @Override
  public void close() {
    session.ifPresent(Session::close);
    session = Optional.empty();
    graph.close();
  }
}
