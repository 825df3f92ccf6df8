package io.github.convnet4j.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.json.JsonMappers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client gets.
 *
 * @param status the HTTP status
 * @param type the media type of the body
 * @param headers more headers
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = JsonMappers.of();

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status, String type, byte[] body) {
    return new Answer(status, type, body, Map.of());
  }

  static Answer text(String type, String body) {
    return of(200, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns an answer of records, maps, lists and plain values. */
  static Answer json(int status, Object value) {
    try {
      return of(status, JSON, MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can be written", e);
    }
  }

  /** Returns the form that all protocols have for errors. */
  static Answer error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  Answer with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }
}
