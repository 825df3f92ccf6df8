package io.github.convnet4j.listener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes a table of the epochs as comma-separated values (RFC 4180), updated after each epoch:
 *
 * <pre>
 * epoch,cost,accuracy,validationCost,validationAccuracy
 * 1,0.3751,0.8862,0.1204,0.9628
 * </pre>
 *
 * <p>Numbers are written with all digits, so that they can be read back exactly; NaN as {@code
 * NaN}. Without validation, the last two fields are empty.
 *
 * <p>If the file exists, epochs before the first one of this call of {@code fit} are kept, so that
 * a resumed run appends. Later epochs are replaced, so an untrained classifier starts a new file.
 * The file is complete at any moment, even if the machine stops.
 */
public final class CsvHistory extends HistoryFile {
  private static final String HEADER = "epoch,cost,accuracy,validationCost,validationAccuracy";
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
    StringBuilder text = new StringBuilder(HEADER).append(LINE_END);
    for (HistoryRow row : all) {
      text.append(row.epoch()).append(',');
      text.append(row.cost()).append(',').append(row.accuracy()).append(',');
      text.append(field(row.validationCost())).append(',');
      text.append(field(row.validationAccuracy())).append(LINE_END);
    }
    return text.toString();
  }

  private static String field(OptionalDouble value) {
    return value.isPresent() ? String.valueOf(value.getAsDouble()) : "";
  }

  @Override
  List<HistoryRow> read(String text) {
    List<String> lines = text.lines().toList();
    String header = Optional.of(lines).filter(l -> !l.isEmpty()).map(l -> l.get(0)).orElse("");
    if (!header.equals(HEADER)) {
      throw new IllegalArgumentException("line 1 must be %s: \"%s\"".formatted(HEADER, header));
    }
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      rows.add(row(i + 1, lines.get(i)));
    }
    return rows;
  }

  private static HistoryRow row(int number, String line) {
    String[] fields = line.split(",", -1);
    try {
      if (fields.length == 5) {
        return new HistoryRow(
            Integer.parseInt(fields[0]),
            Double.parseDouble(fields[1]),
            Double.parseDouble(fields[2]),
            optional(fields[3]),
            optional(fields[4]));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(fault(number, line), e);
    }
    throw new IllegalArgumentException(fault(number, line));
  }

  private static OptionalDouble optional(String field) {
    return field.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(field));
  }

  private static String fault(int number, String line) {
    return "line %d must have an epoch and four numbers: \"%s\"".formatted(number, line);
  }
}
