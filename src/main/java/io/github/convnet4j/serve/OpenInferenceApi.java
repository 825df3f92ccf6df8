package io.github.convnet4j.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.convnet4j.serve.JsonValues.Bytes;
import io.github.convnet4j.serve.JsonValues.Fields;
import io.github.convnet4j.serve.JsonValues.Items;
import io.github.convnet4j.serve.JsonValues.Numbers;
import io.github.convnet4j.serve.JsonValues.Text;
import io.github.convnet4j.serve.JsonValues.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.tensorflow.ndarray.Shape;

/**
 * The Open Inference Protocol, version 2, which KServe and Triton speak, with its extension for
 * binary data. Inputs are {@code FP32} or {@code FP64}; {@code UINT8} are pixels from 0 to 255, and
 * {@code BYTES} the contents of picture files.
 *
 * <p>Source: "Open Inference Protocol" of KServe; "Binary Tensor Data Extension" of Triton.
 */
final class OpenInferenceApi implements Api {
  /** How many bytes of the body are JSON; binary data follows them. */
  private static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final String BINARY_SIZE = "binary_data_size";

  private final ModelShelf shelf;

  OpenInferenceApi(ModelShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    if (path.equals(List.of("v2"))) {
      return Optional.of(Resource.get(call -> Answer.json(200, server())));
    }
    if (path.size() < 3 || !path.get(0).equals("v2") || !path.get(1).equals("models")) {
      return Optional.empty();
    }
    String name = path.get(2);
    boolean versioned = path.size() >= 5 && path.get(3).equals("versions");
    OptionalLong version =
        versioned ? OptionalLong.of(ModelShelf.version(path.get(4))) : OptionalLong.empty();
    List<String> rest = path.subList(versioned ? 5 : 3, path.size());
    ServedModel model = shelf.find(name, version); // Refuses an unknown one.
    if (rest.isEmpty()) {
      return Optional.of(Resource.get(call -> Answer.json(200, metadata(model))));
    }
    return switch (String.join("/", rest)) {
      case "ready" ->
          Optional.of(
              Resource.get(call -> Answer.json(200, Map.of("name", model.name(), "ready", true))));
      case "infer" ->
          Optional.of(
              Resource.post(call -> shelf.with(name, version, found -> infer(call, found))));
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> server() {
    return Map.of(
        "name",
        "convnet4j",
        "version",
        Optional.ofNullable(ModelServer.class.getPackage().getImplementationVersion())
            .orElse("development"),
        "extensions",
        List.of("binary_tensor_data"));
  }

  private Map<String, Object> metadata(ServedModel model) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", model.name());
    metadata.put(
        "versions",
        shelf.versions(model.name()).stream().map(one -> String.valueOf(one.version())).toList());
    metadata.put("platform", "convnet4j");
    List<Map<String, Object>> inputs = new ArrayList<>();
    model.inputs().forEach((name, shape) -> inputs.add(tensor(name, "FP32", shape)));
    metadata.put("inputs", inputs);
    metadata.put(
        "outputs",
        Outputs.of(model).stream()
            .map(
                output ->
                    tensor(output.name(), output.integer() ? "INT64" : "FP32", output.shape()))
            .toList());
    return metadata;
  }

  private static Map<String, Object> tensor(String name, String type, Shape example) {
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("name", name);
    tensor.put("datatype", type);
    tensor.put("shape", example.prepend(-1).asArray());
    return tensor;
  }

  private static CompletionStage<Answer> infer(Call call, ServedModel model) {
    Optional<Integer> length = call.header(JSON_LENGTH).map(text -> length(text, call.body()));
    byte[] json = length.map(n -> Arrays.copyOf(call.body(), n)).orElse(call.body());
    ByteBuffer binary =
        ByteBuffer.wrap(call.body(), json.length, call.body().length - json.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    Fields request = JsonValues.object(json, call.memory());
    call.memory().take((long) Float.BYTES * binary.remaining());
    Map<String, float[]> inputs = new LinkedHashMap<>();
    long examples = -1;
    for (Fields input : objects(request, "inputs")) {
      String name = text(input, "name").orElseThrow(() -> missing("name"));
      long[] shape = shape(input);
      if (!model.inputs().containsKey(name)) {
        throw Refusal.badRequest(
            "inputs must be %s: there is %s".formatted(model.inputs().keySet(), shortened(name)));
      }
      if (examples >= 0 && shape[0] != examples) {
        throw Refusal.badRequest("all inputs must have the same number of examples");
      }
      examples = shape[0];
      if (inputs.put(name, values(model, name, shape, input, binary)) != null) {
        throw Refusal.badRequest("an input is given twice: " + name);
      }
    }
    if (binary.hasRemaining()) {
      throw Refusal.badRequest(
          "the body has %d bytes more than the inputs".formatted(binary.remaining()));
    }
    if (inputs.size() != model.inputs().size()) {
      throw Refusal.badRequest("inputs must be exactly %s".formatted(model.inputs().keySet()));
    }
    Wanted wanted = Wanted.of(request, model);
    Optional<String> id = text(request, "id");
    int batch = Math.toIntExact(examples);
    return model
        .outputs(batch, inputs, call.memory())
        .thenApply(outputs -> answer(model, batch, outputs, wanted, id));
  }

  private static int length(String text, byte[] body) {
    try {
      int length = Integer.parseInt(text);
      if (length >= 0 && length <= body.length) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number that is too large.
    }
    throw Refusal.badRequest(JSON_LENGTH + " must be the number of the body's bytes that are JSON");
  }

  private static List<Fields> objects(Fields request, String field) {
    if (!(request.values().get(field) instanceof Items items)) {
      throw missing(field);
    }
    List<Fields> objects = new ArrayList<>();
    for (Value item : items.values()) {
      if (!(item instanceof Fields fields)) {
        throw Refusal.badRequest(field + " must be a list of objects");
      }
      objects.add(fields);
    }
    return objects;
  }

  private static Refusal missing(String field) {
    return Refusal.badRequest("the request must have the field " + field);
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(100, name.length()));
  }

  private static Optional<String> text(Fields fields, String name) {
    return fields.values().get(name) instanceof Text text
        ? Optional.of(text.text())
        : Optional.empty();
  }

  private static long[] shape(Fields input) {
    if (!(input.values().get("shape") instanceof Numbers numbers)
        || numbers.shape().numDimensions() != 1
        || numbers.values().length == 0) {
      throw missing("shape");
    }
    long[] shape = new long[numbers.values().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (long) numbers.values()[i];
      if (shape[i] < 1 || shape[i] != numbers.values()[i] || shape[i] > Integer.MAX_VALUE) {
        throw Refusal.badRequest("shape must be whole numbers from 1 on");
      }
    }
    return shape;
  }

  private static float[] values(
      ServedModel model, String name, long[] shape, Fields input, ByteBuffer binary) {
    String type = text(input, "datatype").orElseThrow(() -> missing("datatype"));
    Optional<ByteBuffer> bytes = binary(input, binary);
    if (type.equals("BYTES")) {
      return pictures(model, name, shape, input, bytes);
    }
    Shape given = Shape.of(shape);
    Shape expected = model.inputs().get(name).prepend(shape[0]);
    if (!given.equals(expected)) {
      throw Refusal.badRequest(
          "input %s must have the shape %s: it has %s"
              .formatted(
                  name,
                  Arrays.toString(model.inputs().get(name).prepend(-1).asArray()),
                  Arrays.toString(shape)));
    }
    int count = checkedCount(given, binary, type);
    float[] values =
        bytes.isPresent() ? decoded(bytes.get(), type, count, name) : numbers(input, name, count);
    if (type.equals("UINT8")) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) (1 / 255.0); // As for the pixels of data sets.
      }
    }
    return values;
  }

  private static int checkedCount(Shape shape, ByteBuffer binary, String type) {
    if (!Set.of("FP32", "FP64", "UINT8").contains(type)) {
      throw Refusal.badRequest("datatype must be FP32, FP64, UINT8 or BYTES: " + shortened(type));
    }
    // Compared before memory is taken: no value takes less than a byte.
    long most = (long) binary.limit();
    if (shape.size() > most) {
      throw Refusal.badRequest(
          "shape claims %d values, more than the body can hold".formatted(shape.size()));
    }
    return Math.toIntExact(shape.size());
  }

  private static Optional<ByteBuffer> binary(Fields input, ByteBuffer binary) {
    if (!(input.values().get("parameters") instanceof Fields parameters)
        || !(parameters.values().get(BINARY_SIZE) instanceof Numbers number)
        || number.values().length != 1) {
      return Optional.empty();
    }
    float size = number.values()[0];
    if (!(size >= 0 && size <= binary.remaining())) {
      throw Refusal.badRequest(
          "%s must be at most the %d bytes that are left of the body"
              .formatted(BINARY_SIZE, binary.remaining()));
    }
    return Optional.of(binary);
  }

  private static float[] decoded(ByteBuffer binary, String type, int count, String name) {
    int each =
        switch (type) {
          case "FP32" -> Float.BYTES;
          case "FP64" -> Double.BYTES;
          default -> Byte.BYTES;
        };
    if ((long) count * each > binary.remaining()) {
      throw Refusal.badRequest(
          "input %s must have %d bytes of binary data".formatted(name, (long) count * each));
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case "FP32" -> binary.getFloat();
            case "FP64" -> (float) binary.getDouble();
            default -> Byte.toUnsignedInt(binary.get());
          };
    }
    return values;
  }

  private static float[] numbers(Fields input, String name, int count) {
    if (!(input.values().get("data") instanceof Numbers numbers)
        || numbers.values().length != count) {
      throw Refusal.badRequest("input %s must have %d numbers in data".formatted(name, count));
    }
    return numbers.values();
  }

  private static float[] pictures(
      ServedModel model, String name, long[] shape, Fields input, Optional<ByteBuffer> binary) {
    int n = Math.toIntExact(shape[0]);
    List<byte[]> files = binary.map(bytes -> files(bytes, n)).orElseGet(() -> files(input));
    if (files.size() != n || Arrays.stream(shape).skip(1).anyMatch(size -> size != 1)) {
      throw Refusal.badRequest(
          "input %s must have the shape [examples], and a picture for each".formatted(name));
    }
    int each = Math.toIntExact(model.inputs().get(name).size());
    float[] all = new float[model.valuesOf(n)];
    for (int i = 0; i < n; i++) {
      System.arraycopy(model.decoded(files.get(i)).get(name), 0, all, i * each, each);
    }
    return all;
  }

  /** Reads elements of BYTES: the length of each in four bytes, and then its content. */
  private static List<byte[]> files(ByteBuffer binary, int n) {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int length = binary.remaining() < Integer.BYTES ? -1 : binary.getInt();
      if (length < 0 || length > binary.remaining()) {
        throw Refusal.badRequest("element %d of the binary data ends too early".formatted(i));
      }
      byte[] file = new byte[length];
      binary.get(file);
      files.add(file);
    }
    return files;
  }

  private static List<byte[]> files(Fields input) {
    if (!(input.values().get("data") instanceof Items items)) {
      throw missing("data");
    }
    List<byte[]> files = new ArrayList<>();
    for (Value item : items.values()) {
      if (!(item instanceof Bytes bytes)) {
        throw Refusal.badRequest(
            "data of BYTES must be objects {\"b64\": …}; or give it as binary data");
      }
      files.add(bytes.bytes());
    }
    return files;
  }

  /** Which outputs a client wants: for each, whether as binary data. */
  private record Wanted(Map<String, Boolean> outputs) {
    static Wanted of(Fields request, ServedModel model) {
      boolean all = isTrue(request, "binary_data_output");
      Map<String, Boolean> outputs = new LinkedHashMap<>();
      List<String> names = Outputs.of(model).stream().map(Outputs.Output::name).toList();
      if (!request.values().containsKey("outputs")) {
        names.forEach(name -> outputs.put(name, all));
        return new Wanted(outputs);
      }
      for (Fields output : objects(request, "outputs")) {
        String name = text(output, "name").orElseThrow(() -> missing("name"));
        if (!names.contains(name)) {
          throw Refusal.badRequest(
              "outputs must be among %s: %s".formatted(names, shortened(name)));
        }
        outputs.put(name, all || isTrue(output, "binary_data"));
      }
      return new Wanted(outputs);
    }

    private static boolean isTrue(Fields fields, String parameter) {
      return fields.values().get("parameters") instanceof Fields parameters
          && parameters.values().get(parameter) instanceof Text text
          && text.text().equals("true");
    }

    boolean binary() {
      return outputs.containsValue(true);
    }
  }

  private static Answer answer(
      ServedModel model,
      int examples,
      Map<String, float[]> computed,
      Wanted wanted,
      Optional<String> id) {
    List<Outputs.Values> outputs =
        Outputs.computed(model, examples, computed).stream()
            .filter(output -> wanted.outputs().containsKey(output.name()))
            .toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonValues.generator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model_name", model.name());
      json.writeStringField("model_version", String.valueOf(model.version()));
      if (id.isPresent()) {
        json.writeStringField("id", id.get());
      }
      json.writeArrayFieldStart("outputs");
      for (Outputs.Values output : outputs) {
        write(json, output, examples, wanted.outputs().get(output.name()));
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It is written to memory.
    }
    if (!wanted.binary()) {
      return Answer.of(200, Answer.JSON, bytes.toByteArray());
    }
    int jsonLength = bytes.size();
    outputs.stream()
        .filter(output -> wanted.outputs().get(output.name()))
        .forEach(output -> bytes.writeBytes(encoded(output)));
    return Answer.of(200, "application/octet-stream", bytes.toByteArray())
        .with(JSON_LENGTH, String.valueOf(jsonLength));
  }

  private static void write(JsonGenerator json, Outputs.Values output, int examples, boolean binary)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", output.name());
    json.writeStringField("datatype", output.integer() ? "INT64" : "FP32");
    json.writeArrayFieldStart("shape");
    for (long size : output.shape().prepend(examples).asArray()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
    if (binary) {
      json.writeObjectFieldStart("parameters");
      json.writeNumberField(BINARY_SIZE, encoded(output).length);
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("data");
      for (float value : output.values()) {
        if (output.integer()) {
          json.writeNumber((long) value);
        } else {
          json.writeNumber(value);
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static byte[] encoded(Outputs.Values output) {
    int each = output.integer() ? Long.BYTES : Float.BYTES;
    ByteBuffer bytes =
        ByteBuffer.allocate(output.values().length * each).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : output.values()) {
      if (output.integer()) {
        bytes.putLong((long) value);
      } else {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }
}
