package io.github.convnet4j.listener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a table of the epochs as comma-separated values (RFC 4180), updated after each epoch:
 *
 * <pre>
 * epoch,cost,accuracy,val_loss,val_accuracy
 * 1,0.3751,0.8862,0.1204,0.9628
 * </pre>
 *
 * <p>There is a column for each of the {@linkplain io.github.convnet4j.train.EpochResult#values
 * epoch's values}. Numbers are written with all digits, so that they can be read back exactly; NaN
 * as {@code NaN}. A value that an epoch does not have is an empty field.
 *
 * <p>If the file exists, epochs before the first one of this call of {@code fit} are kept, so that
 * a resumed run appends. Later epochs are replaced, so an untrained model starts a new file. The
 * file is complete at any moment, even if the machine stops.
 */
public final class CsvHistory extends HistoryFile {
  private static final String EPOCH = "epoch";
  private static final String LINE_END = "\r\n";

  private CsvHistory(Path file) {
    super(file);
  }

  /** Returns a history that is written to a file. A missing folder is created. */
  public static CsvHistory to(Path file) {
    return new CsvHistory(file);
  }

  @Override
  String write(List<HistoryRow> all) {
    List<String> names = HistoryRow.names(all);
    StringBuilder text = new StringBuilder(EPOCH);
    names.forEach(name -> text.append(',').append(name));
    text.append(LINE_END);
    for (HistoryRow row : all) {
      text.append(row.epoch());
      for (String name : names) {
        Double value = row.values().get(name);
        text.append(',').append(value == null ? "" : value.toString());
      }
      text.append(LINE_END);
    }
    return text.toString();
  }

  @Override
  List<HistoryRow> read(String text) {
    List<String> lines = text.lines().toList();
    String header = lines.isEmpty() ? "" : lines.get(0);
    List<String> columns = List.of(header.split(",", -1));
    boolean repeated = columns.stream().distinct().count() < columns.size();
    if (!columns.get(0).equals(EPOCH) || columns.contains("") || repeated) {
      throw new IllegalArgumentException(
          "line 1 must have the names of the columns, of which the first is epoch: \"%s\""
              .formatted(header));
    }
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      rows.add(row(i + 1, lines.get(i), columns));
    }
    return rows;
  }

  private static HistoryRow row(int number, String line, List<String> columns) {
    String[] fields = line.split(",", -1);
    try {
      if (fields.length == columns.size()) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 1; i < fields.length; i++) {
          if (!fields[i].isEmpty()) {
            values.put(HistoryRow.name(columns.get(i)), Double.parseDouble(fields[i]));
          }
        }
        return new HistoryRow(Integer.parseInt(fields[0]), values);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(fault(number, line, columns), e);
    }
    throw new IllegalArgumentException(fault(number, line, columns));
  }

  private static String fault(int number, String line, List<String> columns) {
    return "line %d must have an epoch and numbers for the columns %s: \"%s\""
        .formatted(number, columns, line);
  }
}
