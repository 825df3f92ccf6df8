package io.github.convnet4j.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A small web service with the JDK's own HTTP server: pictures in, classes out. It answers requests
 * from this machine only.
 *
 * <pre>{@code
 * curl --data-binary @rex.jpg http://localhost:8080/classes
 * {"classes":[{"class":"dog","probability":0.97},{"class":"cat","probability":0.03}]}
 * }</pre>
 */
@Command(name = "PictureService", description = "a small web service: pictures in, classes out")
public final class PictureService extends Example {
  private static final int MOST_BYTES = 10 << 20;
  private static final int MOST_CLASSES = 5;
  private static final int THREADS = 4;
  private static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><meta charset="utf-8"><title>Pictures in, classes out</title>
      <h1>Pictures in, classes out</h1>
      <p><label>A picture: <input type="file" id="picture" accept="image/*"></label>
      <pre id="answer"></pre>
      <script>
      document.getElementById("picture").onchange = async (event) => {
        const sent = {method: "POST", body: event.target.files[0]};
        const answer = await (await fetch("/classes", sent)).json();
        document.getElementById("answer").textContent = JSON.stringify(answer, null, 2);
      };
      </script></html>
      """;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "the folder of a saved model that predicts one of several classes")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port to listen on; 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  public static void main(String[] args) {
    new PictureService().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    return () -> {
      try (Running service = run(console, folder, port)) {
        console.print("Listening on", service.address());
        new CountDownLatch(1).await(); // Until the process is stopped, with Ctrl-C for example.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** A service that answers requests until it is closed. */
  record Running(URI address, HttpServer server, ExecutorService threads, Model<Prediction> model)
      implements AutoCloseable {
    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
      model.close();
    }
  }

  /** Loads the model and starts the service; the caller closes it. */
  static Running run(Console console, Path folder, int port) {
    Model<Prediction> model = Model.load(folder, Prediction.class);
    try {
      checkTakesPictures(model);
      HttpServer server = listen(port);
      PrintStream messages = console.messages();
      server.createContext("/", asked -> answer(asked, "GET", "/", messages, PictureService::page));
      server.createContext(
          "/classes",
          asked -> answer(asked, "POST", "/classes", messages, in -> classes(in, model)));
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      server.setExecutor(threads);
      server.start();
      URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
      return new Running(address, server, threads, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void checkTakesPictures(Model<Prediction> model) {
    try {
      model.pictureFormat();
    } catch (IllegalStateException e) {
      throw new UsageException("--model must be one for pictures: " + e.getMessage());
    }
  }

  private static HttpServer listen(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw new UsageException("--port must be free, or 0 for any that is: " + port);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--port must be from 0 to 65535: " + port);
    } catch (IOException e) {
      throw new UsageException("--port %d cannot be listened on: %s".formatted(port, e));
    }
  }

  private record Answer(int status, String type, String body) {
    static Answer json(int status, Object value) throws IOException {
      return new Answer(status, JSON, MAPPER.writeValueAsString(value));
    }
  }

  /** A request that cannot be answered, and why. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private interface Handler {
    Answer of(HttpExchange exchange) throws IOException, Refused;
  }

  /** Answers a request, if it is one for this method and path. */
  private static void answer(
      HttpExchange exchange, String method, String path, PrintStream messages, Handler handler)
      throws IOException {
    try (exchange) {
      Answer answer;
      try {
        check(exchange, method, path);
        answer = handler.of(exchange);
      } catch (Refused e) {
        answer = Answer.json(e.status, Map.of("error", e.getMessage()));
      } catch (RuntimeException | Error e) {
        e.printStackTrace(messages);
        answer = Answer.json(500, Map.of("error", "internal error"));
      }
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void check(HttpExchange exchange, String method, String path) throws Refused {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      throw new Refused(404, "there is nothing here: POST a picture to /classes, or GET /");
    }
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new Refused(
          405, "%s must be used with %s: %s".formatted(path, method, exchange.getRequestMethod()));
    }
  }

  private static Answer page(HttpExchange exchange) {
    return new Answer(200, "text/html; charset=utf-8", PAGE);
  }

  private static Answer classes(HttpExchange exchange, Model<Prediction> model)
      throws IOException, Refused {
    Prediction prediction = predict(model, body(exchange));
    List<Map<String, Object>> classes =
        prediction.top(Math.min(MOST_CLASSES, model.classNames().size())).stream()
            .map(
                top ->
                    Map.<String, Object>of(
                        "class", top.className(), "probability", top.probability()))
            .toList();
    return Answer.json(200, Map.of("classes", classes));
  }

  private static Prediction predict(Model<Prediction> model, byte[] file) throws Refused {
    try {
      return model.predictEncoded(file);
    } catch (DataException e) {
      throw new Refused(400, e.getMessage());
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException, Refused {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      // Otherwise the connection may be closed before the client has read the answer.
      in.readNBytes(MOST_BYTES);
      throw new Refused(413, "a picture must have at most %d bytes".formatted(MOST_BYTES));
    }
    if (body.length == 0) {
      throw new Refused(400, "the body of the request must be a picture: it is empty");
    }
    return body;
  }
}
