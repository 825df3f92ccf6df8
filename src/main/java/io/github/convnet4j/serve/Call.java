package io.github.convnet4j.serve;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that has arrived completely.
 *
 * @param path the decoded parts of the path; they may hold any characters, also slashes
 * @param headers returns the value of a header
 * @param parameters returns the value of a parameter of the query
 * @param body empty for a GET
 * @param memory what the request takes until it is answered
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Call(
    String method,
    List<String> path,
    Function<String, Optional<String>> headers,
    Function<String, Optional<String>> parameters,
    byte[] body,
    Memory.OfRequest memory) {
  Call {
    path = List.copyOf(path);
  }

  Optional<String> header(String name) {
    return headers.apply(name);
  }

  Optional<String> parameter(String name) {
    return parameters.apply(name);
  }
}
