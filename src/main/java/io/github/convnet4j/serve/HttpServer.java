package io.github.convnet4j.serve;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, with limits. */
final class HttpServer implements AutoCloseable {
  /** The most bytes of a request's first line and headers. */
  static final int HEADER_BYTES = 16 << 10;

  private static final int THREADS = 32;

  private final Server server;
  private final ServerConnector connector;
  private final boolean encrypted;

  private HttpServer(Server server, ServerConnector connector, boolean encrypted) {
    this.server = server;
    this.connector = connector;
    this.encrypted = encrypted;
  }

  /**
   * Starts to listen.
   *
   * @throws DataException if that is not possible
   */
  static HttpServer start(ServerSettings settings, List<Api> apis, Metrics metrics, Memory memory) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("convnet4j-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, connections(settings, configuration()));
    connector.setHost(settings.address());
    connector.setPort(settings.portNumber());
    connector.setIdleTimeout(settings.http().timeout().toMillis());
    server.addConnector(connector);
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(settings.http().maxConnections(), connector);
    limit.setEndPointIdleTimeout(1000); // While there are too many, idle ones are closed soon.
    server.addBean(limit);
    Arrivals arrivals =
        new Arrivals(
            connector.getScheduler(), settings.http().timeout(), settings.http().maxConnections());
    connector.addBean(arrivals);
    server.setHandler(
        new GracefulHandler(new RequestHandler(settings, apis, metrics, memory, arrivals)));
    server.setErrorHandler(RequestHandler::error);
    server.setStopTimeout(settings.http().timeout().toMillis());
    HttpServer http = new HttpServer(server, connector, settings.encryption().isPresent());
    try {
      server.start();
      return http;
    } catch (Exception e) { // All that Jetty declares.
      http.close();
      throw notStarted(settings, e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(UriCompliance.DEFAULT);
    return http;
  }

  private static ConnectionFactory[] connections(ServerSettings settings, HttpConfiguration http) {
    if (settings.encryption().isEmpty()) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    ServerSettings.Tls tls = settings.encryption().get();
    if (!Files.isReadable(tls.keyStore())) {
      throw new DataException(
          "the key store %s cannot be read: give a PKCS12 file".formatted(tls.keyStore()));
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(tls.keyStore().toUri().toString());
    keys.setKeyStoreType("PKCS12");
    keys.setKeyStorePassword(tls.password());
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    return new ConnectionFactory[] {new SslConnectionFactory(keys, plain.getProtocol()), plain};
  }

  private static DataException notStarted(ServerSettings settings, Exception e) {
    String address = settings.address() + ":" + settings.portNumber();
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    if (cause instanceof BindException || cause instanceof UnresolvedAddressException) {
      return new DataException(
          "cannot listen on %s (%s): choose another port, or 0 for any that is free"
              .formatted(address, cause.getMessage()),
          e);
    }
    return settings.encryption().isPresent()
        ? new DataException(
            "the key store %s cannot be used: %s"
                .formatted(settings.encryption().get().keyStore(), cause.getMessage()),
            e)
        : new DataException("cannot listen on %s: %s".formatted(address, e.getMessage()), e);
  }

  URI address() {
    InetSocketAddress local;
    try {
      local =
          (InetSocketAddress) ((ServerSocketChannel) connector.getTransport()).getLocalAddress();
    } catch (IOException e) {
      throw new IllegalStateException("the server is stopped", e);
    }
    String host = local.getHostString();
    if (local.getAddress().isLoopbackAddress()) {
      host = "localhost";
    } else if (local.getAddress().isAnyLocalAddress()) {
      host = connector.getHost(); // As it was given: the system may call 0.0.0.0 by its IPv6 name.
    }
    return URI.create(
        "%s://%s:%d/"
            .formatted(
                encrypted ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                connector.getLocalPort()));
  }

  /** Refuses new requests, and waits for the running ones. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // All that Jetty declares.
      throw new IllegalStateException("the server cannot be stopped", e);
    }
  }
}
