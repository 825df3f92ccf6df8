package io.github.convnet4j.serve;

/** A request that cannot be answered: the HTTP status, and a sentence for the client. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    super(message, null, false, false); // A client's mistake needs no stack trace.
    this.status = status;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  static Refusal unauthorized() {
    return new Refusal(401, "give the token of this server: Authorization: Bearer TOKEN");
  }

  static Refusal notFound(String message) {
    return new Refusal(404, message);
  }

  static Refusal tooLarge(String message) {
    return new Refusal(413, message);
  }

  static Refusal unsupported(String message) {
    return new Refusal(415, message);
  }

  /** The client may try again later. */
  static Refusal busy(String message) {
    return new Refusal(503, message);
  }

  int status() {
    return status;
  }
}
