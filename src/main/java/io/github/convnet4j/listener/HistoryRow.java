package io.github.convnet4j.listener;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.train.EpochResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One epoch in a history file.
 *
 * @param values the epoch's values by name, in order
 */
record HistoryRow(int epoch, Map<String, Double> values) {
  /** The names that the validation's values had in the files of older versions. */
  private static final Map<String, String> OLD_NAMES =
      Map.of("validationCost", "val_loss", "validationAccuracy", "val_accuracy");

  HistoryRow {
    Require.atLeast("epoch", epoch, 1);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static HistoryRow of(EpochResult result) {
    return new HistoryRow(result.epoch(), result.values());
  }

  /** Returns today's name for a name in a file. */
  static String name(String inFile) {
    return OLD_NAMES.getOrDefault(inFile, inFile);
  }

  /** Returns the names of all values of these rows, in the order of their first appearance. */
  static List<String> names(List<HistoryRow> rows) {
    return rows.stream().flatMap(row -> row.values().keySet().stream()).distinct().toList();
  }
}
