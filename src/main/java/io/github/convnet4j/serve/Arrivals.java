package io.github.convnet4j.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections whose requests do not arrive in time. Jetty's limit of idle time does not do so:
 * a client that sends a byte now and then is never idle.
 */
final class Arrivals extends AbstractLifeCycle implements Connection.Listener {
  private static final long LONGEST_PERIOD = TimeUnit.SECONDS.toNanos(1);

  /** How long a request may take to arrive while there are too many connections. */
  private static final long CROWDED = TimeUnit.SECONDS.toNanos(5);

  private final Scheduler scheduler;
  private final long limit;
  private final int maxConnections;
  private final Map<Connection, Client> clients = new ConcurrentHashMap<>();

  /** What a connection waits for. */
  private static final class Client {
    private long since = System.nanoTime(); // guarded by this
    private Object request = new Object(); // the current one, or the last; guarded by this
    private boolean complete; // it has arrived, and is not answered yet; guarded by this
    private Runnable late; // guarded by this

    Client(Runnable late) {
      this.late = late;
    }
  }

  Arrivals(Scheduler scheduler, Duration limit, int maxConnections) {
    this.scheduler = scheduler;
    this.limit = limit.toNanos();
    this.maxConnections = maxConnections;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    schedule();
  }

  private void schedule() {
    scheduler.schedule(
        this::endLateOnes, Math.min(limit / 4, LONGEST_PERIOD), TimeUnit.NANOSECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) { // The connection inside it is the one to watch.
      clients.put(connection, new Client(() -> close(connection)));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    clients.remove(connection);
  }

  private static void close(Connection connection) {
    connection.getEndPoint().close();
  }

  /**
   * The head of a request has arrived, and its body may follow.
   *
   * @param late called if the body does not arrive in time
   */
  void begin(Connection connection, Object request, Runnable late) {
    Client client = clients.get(connection);
    if (client != null) {
      synchronized (client) {
        client.since = System.nanoTime();
        client.request = request;
        client.complete = false;
        client.late = late;
      }
    }
  }

  /** Nothing more is expected from the client until the request is answered. */
  void arrived(Connection connection, Object request) {
    Client client = clients.get(connection);
    if (client != null) {
      synchronized (client) {
        client.complete |= client.request == request;
      }
    }
  }

  /** The request is answered, and the next one may arrive. */
  void answered(Connection connection, Object request) {
    Client client = clients.get(connection);
    if (client != null) {
      synchronized (client) {
        if (client.request == request) { // Otherwise the next one has begun already.
          client.since = System.nanoTime();
          client.complete = false;
          client.late = () -> close(connection);
        }
      }
    }
  }

  private void endLateOnes() {
    long allowed = clients.size() < maxConnections ? limit : Math.min(limit, CROWDED);
    for (Client client : clients.values()) {
      Runnable late;
      synchronized (client) {
        if (client.complete || System.nanoTime() - client.since < allowed) {
          continue;
        }
        client.complete = true; // Not called twice.
        late = client.late;
      }
      late.run();
    }
    if (isRunning()) {
      schedule();
    }
  }
}
