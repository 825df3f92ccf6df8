package io.github.convnet4j.listener;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.json.JsonMappers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a list of the epochs as JSON, updated after each epoch:
 *
 * <pre>{@code
 * [ {
 *   "epoch" : 1,
 *   "cost" : 0.3751,
 *   "accuracy" : 0.8862,
 *   "val_loss" : 0.1204,
 *   "val_accuracy" : 0.9628
 * } ]
 * }</pre>
 *
 * <p>There is a field for each of the {@linkplain io.github.convnet4j.train.EpochResult#values
 * epoch's values}. Numbers are written with all digits. A number that is not finite is {@code
 * null}, since JSON has none. An existing file is treated as described in {@link CsvHistory}.
 */
public final class JsonHistory extends HistoryFile {
  private static final ObjectMapper MAPPER = JsonMappers.of();
  private static final String EPOCH = "epoch";

  private JsonHistory(Path file) {
    super(file);
  }

  /** Returns a history that is written to a file. A missing folder is created. */
  public static JsonHistory to(Path file) {
    return new JsonHistory(file);
  }

  @Override
  String write(List<HistoryRow> all) {
    ArrayNode list = MAPPER.createArrayNode();
    for (HistoryRow row : all) {
      ObjectNode object = list.addObject().put(EPOCH, row.epoch());
      row.values().forEach((name, value) -> put(object, name, value));
    }
    return list.toPrettyString() + "\n";
  }

  private static void put(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }

  @Override
  List<HistoryRow> read(String text) {
    JsonNode list;
    try {
      list = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.message(e), e);
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException("the file must hold a list of epochs");
    }
    List<HistoryRow> rows = new ArrayList<>();
    for (JsonNode object : list) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (!field.getKey().equals(EPOCH)) {
          values.put(HistoryRow.name(field.getKey()), number(object, field.getKey()));
        }
      }
      rows.add(new HistoryRow(epoch(object), values));
    }
    return rows;
  }

  private static int epoch(JsonNode object) {
    if (!object.path(EPOCH).isInt()) {
      throw new IllegalArgumentException("epoch must be an integer: " + object);
    }
    return object.path(EPOCH).intValue();
  }

  private static double number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isNumber() && !value.isNull()) {
      throw new IllegalArgumentException("%s must be a number or null: %s".formatted(name, object));
    }
    return value.isNull() ? Double.NaN : value.doubleValue();
  }
}
