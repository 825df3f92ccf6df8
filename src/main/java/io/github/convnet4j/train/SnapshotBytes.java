package io.github.convnet4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.json.JsonMappers;
import io.github.convnet4j.json.OptionalFields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The binary form of a snapshot: the training progress as JSON, the number of variables, then the
 * name and the values of each variable. The JSON, each name and each array of values is preceded by
 * its length in bytes. All numbers have the most significant byte first.
 */
final class SnapshotBytes {
  private static final ObjectMapper MAPPER =
      JsonMappers.of(List.of(OptionalFields.like(ReachedJson.NOTHING, "pixels")));

  private record Document(int version, ReachedJson reached) {}

  private SnapshotBytes() {}

  static byte[] write(Snapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      ReachedJson reached = ReachedJson.of(snapshot.reached(), snapshot.metrics());
      write(out, MAPPER.writeValueAsBytes(new Document(ModelJson.VERSION, reached)));
      out.writeInt(snapshot.values().size());
      for (Map.Entry<String, float[]> variable : snapshot.values().entrySet()) {
        write(out, variable.getKey().getBytes(StandardCharsets.UTF_8));
        ByteBuffer values = ByteBuffer.allocate(variable.getValue().length * Float.BYTES);
        values.asFloatBuffer().put(variable.getValue());
        write(out, values.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the bytes are anything else
   */
  static Snapshot read(byte[] bytes, List<String> classNames) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      ReachedJson reached = reached(MAPPER.readTree(readBytes(in)), classNames.size());
      Map<String, float[]> values = new LinkedHashMap<>();
      int variables = in.readInt();
      for (int i = 0; i < variables; i++) {
        String name = new String(readBytes(in), StandardCharsets.UTF_8);
        byte[] raw = readBytes(in);
        float[] floats = new float[raw.length / Float.BYTES];
        ByteBuffer.wrap(raw).asFloatBuffer().get(floats);
        values.put(name, floats);
      }
      return new Snapshot(values, reached.toReached(classNames), reached.metricStates());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "bytes must be those of a snapshot: " + JsonFault.message(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("bytes must be those of a snapshot: they end too soon", e);
    }
  }

  /** Until version 3 there was nothing around the progress, not even the version. */
  private static ReachedJson reached(JsonNode tree, int classes) throws JsonProcessingException {
    if (!(tree instanceof ObjectNode old)) {
      throw new IllegalArgumentException(
          "bytes must be those of a snapshot: they do not start with a JSON object");
    }
    if (old.has("version")) {
      return MAPPER.treeToValue(old, Document.class).reached();
    }
    OldDescriptions.liftReached(old, classes);
    return MAPPER.treeToValue(old, ReachedJson.class);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IllegalArgumentException(
          "bytes must be those of a snapshot: a length in them is %d".formatted(length));
    }
    return in.readNBytes(length);
  }
}
