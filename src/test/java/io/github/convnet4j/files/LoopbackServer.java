package io.github.convnet4j.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that can misbehave like real ones. */
final class LoopbackServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  LoopbackServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Returns the URL of a folder, with a final slash. */
  URI folder(String name) {
    return URI.create(
        "http://%s:%d/%s/"
            .formatted(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort(),
                name));
  }

  /** Returns the requested paths, in order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  void serve(String path, byte[] content) {
    answer(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        });
  }

  void refuse(String path, int status) {
    answer(path, exchange -> exchange.sendResponseHeaders(status, -1));
  }

  /** Declares all of the content and closes the connection before its last byte. */
  void cut(String path, byte[] content) {
    answer(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          OutputStream body = exchange.getResponseBody();
          body.write(content, 0, content.length - 1);
          body.flush();
          throw new IOException("closes the connection");
        });
  }

  /** Sends the headers and the first byte, then nothing until this server is closed. */
  void stall(String path, byte[] content) {
    answer(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 1);
          exchange.getResponseBody().flush();
          awaitClose();
        });
  }

  /** Accepts the request, but does not answer until this server is closed. */
  void keepSilent(String path) {
    answer(path, exchange -> awaitClose());
  }

  private void awaitClose() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void answer(String path, Answer answer) {
    server.createContext(
        "/" + path,
        exchange -> {
          requests.add(exchange.getRequestURI().getPath().substring(1));
          try (exchange) {
            answer.to(exchange);
          }
        });
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
