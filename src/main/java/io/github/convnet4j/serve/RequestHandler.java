package io.github.convnet4j.serve;

import io.github.convnet4j.data.DataException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Receives requests, passes them to the API that they are for, and sends the answers. No thread
 * waits for a slow client, nor for a model.
 */
final class RequestHandler extends Handler.Abstract {
  private static final String BEARER = "Bearer ";

  /** How many bytes a byte of deflate can stand for. */
  private static final int MOST_COMPRESSION = 1032;

  private final ServerSettings settings;
  private final List<Api> apis;
  private final Metrics metrics;
  private final Memory memory;
  private final Arrivals arrivals;
  private final Semaphore running;

  RequestHandler(
      ServerSettings settings, List<Api> apis, Metrics metrics, Memory memory, Arrivals arrivals) {
    this.settings = settings;
    this.apis = apis;
    this.metrics = metrics;
    this.memory = memory;
    this.arrivals = arrivals;
    this.running = new Semaphore(settings.http().maxRequests());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Memory.OfRequest taken = memory.request();
    AtomicBoolean completed = new AtomicBoolean();
    Request.addCompletionListener(
        request,
        fault -> {
          if (completed.compareAndSet(false, true)) {
            arrivals.answered(connection, request);
            taken.close();
            metrics.answered(
                path(request),
                response.getStatus(),
                System.nanoTime() - request.getHeadersNanoTime());
          }
        });
    arrivals.begin(
        connection,
        request,
        () -> request.fail(new TimeoutException("the body did not arrive in time")));
    try {
      start(request, response, callback, taken);
    } catch (RuntimeException | Error e) {
      send(answer(e), request, response, callback);
    }
    return true;
  }

  private void start(
      Request request, Response response, Callback callback, Memory.OfRequest taken) {
    List<String> path = path(request);
    checkToken(request, path);
    Resource resource =
        apis.stream()
            .flatMap(api -> api.find(path).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    Refusal.notFound(
                        "there is nothing here: GET /openapi.json says what there is"));
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    Resource.Action action = resource.actions().get(method);
    if (action == null) {
      String allowed = String.join(", ", resource.actions().keySet());
      send(
          Answer.error(405, "use %s here, not %s".formatted(allowed, printable(method)))
              .with("Allow", allowed),
          request,
          response,
          callback);
      return;
    }
    if (method.equals("GET")) {
      respond(request, response, callback, path, action, new byte[0], taken);
      return;
    }
    checkLength(request);
    Content.Source.asByteArrayAsync(
        new CountedBody(request, taken),
        settings.http().maxBody(),
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            (body, fault) -> {
              if (fault == null) {
                respond(request, response, callback, path, action, body, taken);
              } else {
                send(notReceived(fault), request, response, callback);
              }
            }));
  }

  private void checkLength(Request request) {
    if (request.getLength() > settings.http().maxBody()) {
      throw tooLarge();
    }
  }

  private Refusal tooLarge() {
    return Refusal.tooLarge(
        "the body must have at most %d bytes".formatted(settings.http().maxBody()));
  }

  private Answer notReceived(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof Refusal) {
      return answer(cause);
    }
    if (cause instanceof TimeoutException) {
      return Answer.error(
          408,
          "the body did not arrive within %d ms".formatted(settings.http().timeout().toMillis()));
    }
    return cause instanceof IllegalStateException
        ? answer(tooLarge())
        : Answer.error(400, "the body did not arrive");
  }

  private void respond(
      Request request,
      Response response,
      Callback callback,
      List<String> path,
      Resource.Action action,
      byte[] body,
      Memory.OfRequest taken) {
    arrivals.arrived(request.getConnectionMetaData().getConnection(), request);
    // Only now: otherwise clients that send their requests slowly could keep all others out.
    boolean counted = !HealthApi.isOpen(path);
    if (counted && !running.tryAcquire()) {
      send(
          Answer.error(503, "too many requests at the same time: try again later")
              .with("Retry-After", "1"),
          request,
          response,
          callback);
      return;
    }
    Runnable computed = counted ? running::release : () -> {};
    try {
      Call call =
          new Call(
              request.getMethod(),
              path,
              name -> header(request, name),
              name -> parameter(request, name),
              decoded(request, body, taken),
              taken);
      CompletionStage<Answer> answer = action.answer(call);
      answer.whenComplete(
          (result, fault) -> {
            computed.run(); // Not after the answer is sent, which a slow client could delay.
            send(fault == null ? result : answer(fault), request, response, callback);
          });
    } catch (RuntimeException | Error e) {
      computed.run();
      send(answer(e), request, response, callback);
    }
  }

  private byte[] decoded(Request request, byte[] body, Memory.OfRequest taken) {
    Optional<String> encoding = header(request, "Content-Encoding");
    if (encoding.isEmpty()) {
      return body;
    }
    int most = settings.http().maxBody();
    taken.take(Math.min(most, (long) MOST_COMPRESSION * body.length));
    return ContentEncoding.decoded(encoding.get(), body, most);
  }

  private static Optional<String> header(Request request, String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  private static Optional<String> parameter(Request request, String name) {
    Fields fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
    return Optional.ofNullable(fields.getValue(name));
  }

  /** Returns the parts of the path, decoded one by one, so that a slash in a name is no border. */
  private static List<String> path(Request request) {
    List<String> parts = new ArrayList<>();
    String path = Optional.ofNullable(request.getHttpURI().getCanonicalPath()).orElse("/");
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(URIUtil.decodePath(part));
      }
    }
    return parts;
  }

  private void checkToken(Request request, List<String> path) {
    if (settings.bearer().isEmpty() || HealthApi.isOpen(path) || PageApi.isOpen(path)) {
      return;
    }
    String given = header(request, "Authorization").orElse("");
    String expected = BEARER + settings.bearer().get();
    // Takes equally long wherever they differ.
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
      throw Refusal.unauthorized();
    }
  }

  private static String printable(String text) {
    return text.substring(0, Math.min(20, text.length())).replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** Returns what a client gets after a fault. */
  private static Answer answer(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof Refusal refusal) {
      Answer error = Answer.error(refusal.status(), refusal.getMessage());
      return switch (refusal.status()) {
        case 401 -> error.with("WWW-Authenticate", "Bearer");
        case 503 -> error.with("Retry-After", "1");
        default -> error;
      };
    }
    if (cause instanceof IllegalArgumentException || cause instanceof DataException) {
      return Answer.error(400, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof OutOfMemoryError) {
      return Answer.error(503, "not enough memory for this request at present");
    }
    System.getLogger(RequestHandler.class.getName())
        .log(System.Logger.Level.ERROR, "a request failed", cause);
    return Answer.error(500, "the server failed to answer; its log says why");
  }

  /** Answers a request that Jetty itself refuses, for example because its path is not valid. */
  static boolean error(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : 500;
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String text = reason == null ? HttpStatus.getMessage(status) : reason.toString();
    send(Answer.error(status, sentence(status, text)), request, response, callback);
    return true;
  }

  private static String sentence(int status, String reason) {
    return switch (status) {
      case 400 -> "this is not a valid HTTP request: " + reason;
      case 414 -> "the address must have at most %d bytes".formatted(HttpServer.HEADER_BYTES);
      case 417 -> "Expect must be 100-continue, or not be given";
      case 426, 505 -> "this server speaks HTTP/1.1: " + reason;
      case 431 ->
          "the headers must have at most %d bytes together".formatted(HttpServer.HEADER_BYTES);
      default -> reason;
    };
  }

  private static void send(Answer answer, Request request, Response response, Callback callback) {
    if (response.isCommitted()) {
      callback.failed(new IllegalStateException("answered already"));
      return;
    }
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, answer.type());
    if (answer.status() != HttpStatus.NOT_MODIFIED_304) { // Its length would be the file's.
      headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
    headers.put("X-Content-Type-Options", "nosniff");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      headers.put(header.getKey(), header.getValue());
    }
    ByteBuffer body = ByteBuffer.wrap(answer.body());
    response.write(true, request.getMethod().equals("HEAD") ? null : body, callback);
  }
}
