package io.github.convnet4j.evaluate;

import io.github.convnet4j.evaluate.ConfusionMatrix.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Counts how often the examples of each class are predicted as each class, batch by batch. The
 * value is the accuracy. In a segmentation, pixels are counted, and those that are not labelled are
 * left out.
 *
 * <p>With up to 512 classes, it needs 8 bytes for each pair of classes. With more, it stores only
 * counts that are not 0.
 */
public final class ConfusionTally implements Metric.Tally {
  /** A table of 512 x 512 counts takes 2 MB. */
  private static final int MAX_TABLE = 512;

  private static final String NAME = "a confusion matrix";

  private final ClassLayout layout;
  private final Counts counts;

  private ConfusionTally(ClassLayout layout, Counts counts) {
    this.layout = layout;
    this.counts = counts;
  }

  /**
   * Returns an empty tally.
   *
   * @param prediction the shape of one example's prediction, {@code [classes]} or {@code [height,
   *     width, classes]}
   * @param target the shape of one example's target, {@code [classes]} or {@code [height, width]};
   *     see {@link Metric}
   * @throws IllegalArgumentException if the shapes are not those of a classification or a
   *     segmentation
   */
  public static ConfusionTally of(Shape prediction, Shape target) {
    ClassLayout layout = ClassLayout.of(NAME, prediction, target);
    return new ConfusionTally(
        layout,
        layout.classes() <= MAX_TABLE ? new Table(layout.classes()) : new Sparse(layout.classes()));
  }

  @Override
  public void add(int examples, float[] predictions, float[] targets) {
    int[] labels = layout.labels(examples, predictions, targets);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != ClassLayout.NOT_LABELLED) {
        counts.add(labels[row], layout.prediction(predictions, row), 1);
      }
    }
  }

  /** Returns the accuracy; NaN if nothing was counted yet. */
  @Override
  public double value() {
    long correct = 0;
    long total = 0;
    for (Cell cell : counts.cells()) {
      correct += cell.label() == cell.prediction() ? cell.count() : 0;
      total += cell.count();
    }
    return (double) correct / total;
  }

  /**
   * Returns the counts so far.
   *
   * @param classNames one for each class
   * @throws IllegalArgumentException if there is not one name for each class
   */
  public ConfusionMatrix matrix(List<String> classNames) {
    if (classNames.size() != layout.classes()) {
      throw new IllegalArgumentException(
          "classNames must have a name for each of %d classes: %d names"
              .formatted(layout.classes(), classNames.size()));
    }
    return ConfusionMatrix.ofCells(classNames, counts.cells());
  }

  @Override
  public double[] state() {
    List<Cell> cells = counts.cells();
    double[] state = new double[1 + 3 * cells.size()];
    state[0] = layout.classes();
    int place = 1;
    for (Cell cell : cells) {
      state[place++] = cell.label();
      state[place++] = cell.prediction();
      state[place++] = cell.count();
    }
    return state;
  }

  @Override
  public void restore(double[] state) {
    TallyState reader = new TallyState(NAME, state);
    reader.require("classes", layout.classes());
    List<Cell> cells = new ArrayList<>();
    while (reader.hasNext()) {
      Cell cell =
          new Cell(
              reader.nextIndex(layout.classes()),
              reader.nextIndex(layout.classes()),
              reader.nextCount());
      if (!cells.isEmpty() && Cell.ORDER.compare(cells.get(cells.size() - 1), cell) >= 0) {
        throw reader.fault("must be sorted by label and prediction: it is not at " + cell);
      }
      cells.add(cell);
    }
    counts.clear();
    cells.forEach(cell -> counts.add(cell.label(), cell.prediction(), cell.count()));
  }

  /** Counts of pairs of label and prediction. */
  private interface Counts {
    void add(int label, int prediction, long count);

    void clear();

    /** Returns the counts that are not 0, sorted by label and then by prediction. */
    List<Cell> cells();
  }

  /** A table of all counts. */
  private static final class Table implements Counts {
    private final int classes;
    private final long[] counts;

    Table(int classes) {
      this.classes = classes;
      this.counts = new long[classes * classes];
    }

    @Override
    public void add(int label, int prediction, long count) {
      counts[label * classes + prediction] += count;
    }

    @Override
    public void clear() {
      Arrays.fill(counts, 0);
    }

    @Override
    public List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      for (int pair = 0; pair < counts.length; pair++) {
        if (counts[pair] > 0) {
          cells.add(new Cell(pair / classes, pair % classes, counts[pair]));
        }
      }
      return cells;
    }
  }

  /** Only the counts that are not 0. */
  private static final class Sparse implements Counts {
    private final int classes;
    private final Map<Long, Long> counts = new HashMap<>();

    Sparse(int classes) {
      this.classes = classes;
    }

    @Override
    public void add(int label, int prediction, long count) {
      counts.merge((long) label * classes + prediction, count, Long::sum);
    }

    @Override
    public void clear() {
      counts.clear();
    }

    @Override
    public List<Cell> cells() {
      List<Cell> cells = new ArrayList<>();
      counts.forEach(
          (pair, count) ->
              cells.add(new Cell((int) (pair / classes), (int) (pair % classes), count)));
      cells.sort(Cell.ORDER);
      return cells;
    }
  }
}
