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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.tensorflow.ndarray.Shape;

/**
 * The REST API of TensorFlow Serving: {@code /v1/models/NAME}, {@code …/versions/N}, {@code
 * …/metadata} and {@code :predict}. A model answers like its exported SavedModel: a classification
 * has the outputs {@code probabilities} and {@code classes}.
 *
 * <p>Source: TensorFlow Serving, "RESTful API".
 */
final class TensorFlowServingApi implements Api {
  private static final String DEFAULT_SIGNATURE = "serving_default";
  private static final String PICTURES = "predict_pictures";
  private static final String PREDICT = ":predict";

  private final ModelShelf shelf;

  TensorFlowServingApi(ModelShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public Optional<Resource> find(List<String> path) {
    if (path.size() < 3 || !path.get(0).equals("v1") || !path.get(1).equals("models")) {
      return Optional.empty();
    }
    String last = path.get(path.size() - 1);
    if (last.endsWith(PREDICT)) {
      List<String> model = new ArrayList<>(path);
      model.set(path.size() - 1, last.substring(0, last.length() - PREDICT.length()));
      ServedModel served = model(model); // Refuses an unknown one before the body arrives.
      OptionalLong version =
          model.size() == 5 ? OptionalLong.of(served.version()) : OptionalLong.empty();
      return Optional.of(
          Resource.post(call -> shelf.with(served.name(), version, found -> predict(call, found))));
    }
    if (last.equals("metadata")) {
      ServedModel served = model(path.subList(0, path.size() - 1));
      return Optional.of(Resource.get(call -> Answer.json(200, metadata(served))));
    }
    if (path.size() == 3) {
      List<ServedModel> versions = shelf.versions(last);
      return Optional.of(Resource.get(call -> status(versions)));
    }
    ServedModel served = model(path);
    return Optional.of(Resource.get(call -> status(List.of(served))));
  }

  /** Finds {@code v1/models/NAME} or {@code v1/models/NAME/versions/N}. */
  private ServedModel model(List<String> path) {
    if (path.size() == 3) {
      return shelf.find(path.get(2), OptionalLong.empty());
    }
    if (path.size() == 5 && path.get(3).equals("versions")) {
      return shelf.find(path.get(2), OptionalLong.of(ModelShelf.version(path.get(4))));
    }
    throw Refusal.notFound(
        "there is nothing here: use /v1/models/NAME or /v1/models/NAME/versions/NUMBER");
  }

  private static Answer status(List<ServedModel> versions) {
    List<Map<String, Object>> states = new ArrayList<>();
    // The newest one comes first.
    for (int i = versions.size() - 1; i >= 0; i--) {
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("version", String.valueOf(versions.get(i).version()));
      state.put("state", "AVAILABLE");
      state.put("status", Map.of("error_code", "OK", "error_message", ""));
      states.add(state);
    }
    // KServe's clients of this protocol look for "ready".
    return Answer.json(200, Map.of("model_version_status", states, "ready", true));
  }

  private static Map<String, Object> metadata(ServedModel model) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    model
        .inputs()
        .forEach((name, shape) -> inputs.put(exported(model, name), tensor(shape, "DT_FLOAT")));
    Map<String, Object> outputs = new LinkedHashMap<>();
    for (Outputs.Output output : Outputs.of(model)) {
      outputs.put(
          output.name(), tensor(output.shape(), output.integer() ? "DT_INT64" : "DT_FLOAT"));
    }
    Map<String, Object> signatures = new LinkedHashMap<>();
    signatures.put(DEFAULT_SIGNATURE, signature(inputs, outputs));
    if (model.pictureFormat().isPresent()) {
      signatures.put(
          PICTURES, signature(Map.of("pictures", tensor(Shape.scalar(), "DT_STRING")), outputs));
    }
    return Map.of(
        "model_spec",
        Map.of(
            "name", model.name(), "signature_name", "", "version", String.valueOf(model.version())),
        "metadata",
        Map.of("signature_def", Map.of("signature_def", signatures)));
  }

  private static Map<String, Object> signature(
      Map<String, Object> inputs, Map<String, Object> outputs) {
    return Map.of(
        "inputs", inputs, "outputs", outputs, "method_name", "tensorflow/serving/predict");
  }

  private static Map<String, Object> tensor(Shape example, String type) {
    List<Map<String, String>> sizes = new ArrayList<>();
    sizes.add(Map.of("name", "", "size", "-1"));
    for (long size : example.asArray()) {
      sizes.add(Map.of("name", "", "size", String.valueOf(size)));
    }
    return Map.of("dtype", type, "tensor_shape", Map.of("dim", sizes, "unknown_rank", false));
  }

  /** Returns the name that an input has in an exported SavedModel. */
  private static String exported(ServedModel model, String input) {
    return model.inputs().size() == 1 ? "images" : input;
  }

  /**
   * A batch, as a request gives it.
   *
   * @param rows whether the examples were given one by one; the answer then has the same form
   */
  private record Batch(int examples, Map<String, float[]> inputs, boolean rows) {}

  private static CompletionStage<Answer> predict(Call call, ServedModel model) {
    Map<String, Value> fields = JsonValues.object(call.body(), call.memory()).values();
    String signature =
        fields.get("signature_name") instanceof Text text && !text.text().isEmpty()
            ? text.text()
            : DEFAULT_SIGNATURE;
    if (!signature.equals(DEFAULT_SIGNATURE) && !signature.equals(PICTURES)) {
      throw Refusal.badRequest(
          "signature_name must be %s or %s".formatted(DEFAULT_SIGNATURE, PICTURES));
    }
    Value instances = fields.get("instances");
    Value inputs = fields.get("inputs");
    if ((instances == null) == (inputs == null)) {
      throw Refusal.badRequest("the body must have either instances or inputs");
    }
    Batch batch = instances == null ? ofColumns(model, inputs) : ofRows(model, instances);
    return model
        .outputs(batch.examples(), batch.inputs(), call.memory())
        .thenApply(outputs -> answer(model, batch, outputs));
  }

  private static Batch ofRows(ServedModel model, Value instances) {
    if (instances instanceof Numbers numbers && numbers.shape().numDimensions() > 0) {
      return ofNumbers(model, Map.of(exportedOnly(model), numbers), true);
    }
    if (!(instances instanceof Items items) || items.values().isEmpty()) {
      throw Refusal.badRequest("instances must be a list of examples, at least one");
    }
    List<byte[]> pictures = new ArrayList<>();
    Map<String, List<Numbers>> columns = new LinkedHashMap<>();
    for (Value item : items.values()) {
      if (item instanceof Bytes bytes) {
        pictures.add(bytes.bytes());
      } else if (item instanceof Fields fields) {
        fields.values().forEach((name, value) -> addRow(name, value, pictures, columns));
      } else {
        throw Refusal.badRequest(
            "each instance must be numbers, {\"b64\": …} or an object of inputs");
      }
    }
    if (!pictures.isEmpty()) {
      return ofPictures(model, pictures, items.values().size(), true);
    }
    int examples = items.values().size();
    Map<String, Numbers> stacked = new LinkedHashMap<>();
    columns.forEach((name, rows) -> stacked.put(name, stacked(name, rows, examples)));
    return ofNumbers(model, stacked, true);
  }

  private static void addRow(
      String name, Value value, List<byte[]> pictures, Map<String, List<Numbers>> columns) {
    if (value instanceof Bytes bytes) {
      pictures.add(bytes.bytes());
    } else if (value instanceof Numbers numbers) {
      columns.computeIfAbsent(name, key -> new ArrayList<>()).add(numbers);
    } else {
      throw Refusal.badRequest("each value of an instance must be numbers or {\"b64\": …}");
    }
  }

  private static Numbers stacked(String name, List<Numbers> rows, int examples) {
    Shape shape = rows.get(0).shape();
    if (rows.size() != examples || rows.stream().anyMatch(row -> !row.shape().equals(shape))) {
      throw Refusal.badRequest(
          "each instance must have the input %s, of the same shape".formatted(name));
    }
    int each = rows.get(0).values().length;
    float[] all = new float[Math.multiplyExact(each, examples)];
    for (int i = 0; i < examples; i++) {
      System.arraycopy(rows.get(i).values(), 0, all, i * each, each);
    }
    return new Numbers(shape.prepend(examples), all);
  }

  private static Batch ofColumns(ServedModel model, Value inputs) {
    Value only =
        inputs instanceof Fields fields && fields.values().size() == 1
            ? fields.values().values().iterator().next()
            : inputs;
    if (only instanceof Items items) {
      List<byte[]> pictures = new ArrayList<>();
      for (Value item : items.values()) {
        if (!(item instanceof Bytes bytes)) {
          throw Refusal.badRequest("inputs must be numbers, or a list of {\"b64\": …}");
        }
        pictures.add(bytes.bytes());
      }
      return ofPictures(model, pictures, pictures.size(), false);
    }
    if (inputs instanceof Numbers numbers) {
      return ofNumbers(model, Map.of(exportedOnly(model), numbers), false);
    }
    if (!(inputs instanceof Fields fields)) {
      throw Refusal.badRequest("inputs must be numbers, or an object of inputs");
    }
    Map<String, Numbers> columns = new LinkedHashMap<>();
    fields
        .values()
        .forEach(
            (name, value) -> {
              if (!(value instanceof Numbers numbers)) {
                throw Refusal.badRequest("each input must be numbers");
              }
              columns.put(name, numbers);
            });
    return ofNumbers(model, columns, false);
  }

  private static String exportedOnly(ServedModel model) {
    if (model.inputs().size() != 1) {
      throw Refusal.badRequest(
          "the model has several inputs, so give each by its name: " + model.inputs().keySet());
    }
    return exported(model, model.inputs().keySet().iterator().next());
  }

  private static Batch ofNumbers(ServedModel model, Map<String, Numbers> given, boolean rows) {
    Map<String, float[]> inputs = new LinkedHashMap<>();
    long examples = -1;
    for (Map.Entry<String, Shape> input : model.inputs().entrySet()) {
      String name = exported(model, input.getKey());
      // Clients that know the model's own name for its only input may use it.
      Numbers numbers = given.getOrDefault(name, given.get(input.getKey()));
      if (numbers == null || given.size() != model.inputs().size()) {
        throw Refusal.badRequest(
            "inputs must be exactly %s: they are %s"
                .formatted(
                    model.inputs().keySet().stream().map(one -> exported(model, one)).toList(),
                    given.keySet()));
      }
      Shape shape = numbers.shape();
      if (shape.numDimensions() == 0 || !shape.equals(input.getValue().prepend(shape.get(0)))) {
        throw Refusal.badRequest(
            "input %s must have the shape [examples, %s]: it has %s"
                .formatted(name, sizes(input.getValue()), Arrays.toString(shape.asArray())));
      }
      if (examples >= 0 && examples != shape.get(0)) {
        throw Refusal.badRequest("all inputs must have the same number of examples");
      }
      examples = shape.get(0);
      inputs.put(input.getKey(), numbers.values());
    }
    return new Batch(Math.toIntExact(examples), inputs, rows);
  }

  private static String sizes(Shape shape) {
    String sizes = Arrays.toString(shape.asArray());
    return sizes.substring(1, sizes.length() - 1);
  }

  private static Batch ofPictures(
      ServedModel model, List<byte[]> pictures, int examples, boolean rows) {
    if (pictures.size() != examples || examples == 0) {
      throw Refusal.badRequest("each example must be exactly one picture");
    }
    String input = model.inputs().keySet().iterator().next();
    int each = Math.toIntExact(model.inputs().get(input).size());
    float[] all = new float[model.valuesOf(examples)];
    for (int i = 0; i < examples; i++) {
      float[] one = model.decoded(pictures.get(i)).get(input);
      System.arraycopy(one, 0, all, i * each, each);
    }
    return new Batch(examples, Map.of(input, all), rows);
  }

  private static Answer answer(ServedModel model, Batch batch, Map<String, float[]> computed) {
    List<Outputs.Values> outputs = Outputs.computed(model, batch.examples(), computed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonValues.generator(bytes)) {
      json.writeStartObject();
      if (batch.rows()) {
        json.writeArrayFieldStart("predictions");
        for (int i = 0; i < batch.examples(); i++) {
          writeRow(json, outputs, i);
        }
        json.writeEndArray();
      } else {
        json.writeFieldName("outputs");
        writeColumns(json, outputs, batch.examples());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It is written to memory.
    }
    return Answer.of(200, Answer.JSON, bytes.toByteArray());
  }

  private static void writeRow(JsonGenerator json, List<Outputs.Values> outputs, int example)
      throws IOException {
    if (outputs.size() == 1) {
      outputs.get(0).write(json, example);
      return;
    }
    json.writeStartObject();
    for (Outputs.Values output : outputs) {
      json.writeFieldName(output.name());
      output.write(json, example);
    }
    json.writeEndObject();
  }

  private static void writeColumns(JsonGenerator json, List<Outputs.Values> outputs, int examples)
      throws IOException {
    if (outputs.size() == 1) {
      writeColumn(json, outputs.get(0), examples);
      return;
    }
    json.writeStartObject();
    for (Outputs.Values output : outputs) {
      json.writeFieldName(output.name());
      writeColumn(json, output, examples);
    }
    json.writeEndObject();
  }

  private static void writeColumn(JsonGenerator json, Outputs.Values output, int examples)
      throws IOException {
    json.writeStartArray();
    for (int i = 0; i < examples; i++) {
      output.write(json, i);
    }
    json.writeEndArray();
  }
}
