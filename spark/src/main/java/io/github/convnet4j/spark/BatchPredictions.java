package io.github.convnet4j.spark;

import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.spark.ImageInput.BadImageException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.tensorflow.ndarray.Shape;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Scores a partition, batch by batch: only the rows of one batch are in memory at the same time.
 *
 * @param model the saved model, on the way to the executors
 * @param hash its hash
 * @param input kind of the column
 * @param column number of the column
 * @param topK how many of the most likely classes are listed
 * @param batchSize rows per batch; 0 for a number that suits the network
 */
record BatchPredictions(
    Broadcast<SavedNetwork> model,
    String hash,
    ImageInput input,
    int column,
    int topK,
    int batchSize)
    implements MapPartitionsFunction<Row, Row>, Serializable {
  /** Upper bound for a batch's inputs, and for its pictures before they are decoded. */
  private static final long BYTES = 32L << 20;

  private static final float WHITE = 255;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows; // Nothing is loaded for an empty partition.
    }
    SharedModels.Use use = SharedModels.use(hash, () -> model.value().load(Executors.session()));
    TaskContext task = TaskContext.get();
    task.addTaskCompletionListener((TaskCompletionListener) ended -> use.close());
    return new Batches(rows, use.model());
  }

  /** The rows with their predictions, in the order of the rows. */
  private final class Batches implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Model<Prediction> network;
    private final Shape shape;
    private final String inputName;
    private final int size;
    private final Queue<Row> predicted = new ArrayDeque<>();

    Batches(Iterator<Row> rows, Model<Prediction> network) {
      this.rows = rows;
      this.network = network;
      this.inputName = network.inputShapes().keySet().iterator().next();
      this.shape = network.inputShapes().get(inputName);
      this.size =
          batchSize > 0
              ? batchSize
              : (int)
                  Math.max(
                      1,
                      Math.min(network.inferenceBatchSize(), BYTES / (Float.BYTES * shape.size())));
    }

    @Override
    public boolean hasNext() {
      return !predicted.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (predicted.isEmpty()) {
        predictBatch();
      }
      return predicted.remove();
    }

    private void predictBatch() {
      List<Row> batch = new ArrayList<>();
      long bytes = 0;
      while (batch.size() < size && bytes < BYTES && rows.hasNext()) {
        Row row = rows.next();
        bytes += ImageInput.bytes(row.get(column));
        batch.add(row);
      }
      float[] values = new float[Math.multiplyExact(batch.size(), Math.toIntExact(shape.size()))];
      String[] reasons = new String[batch.size()];
      int good = 0;
      for (int i = 0; i < batch.size(); i++) {
        try {
          read(batch.get(i).get(column), values, good * Math.toIntExact(shape.size()));
          good++;
        } catch (BadImageException e) {
          reasons[i] = e.getMessage();
        }
      }
      predict(batch, values, good, reasons);
    }

    /** Writes an image into a batch, as values from 0 to 1. */
    private void read(Object value, float[] batch, int at) throws BadImageException {
      if (input.isPicture()) {
        PictureFormat format = network.pictureFormat();
        byte[] pixels = input.pixels(value, format);
        for (int i = 0; i < pixels.length; i++) {
          batch[at + i] = (pixels[i] & 0xff) / WHITE;
        }
      } else {
        float[] floats = input.values(value, shape);
        System.arraycopy(floats, 0, batch, at, floats.length);
      }
    }

    private void predict(List<Row> batch, float[] values, int good, String[] reasons) {
      int each = Math.toIntExact(shape.size());
      float[] probabilities = new float[0];
      if (good > 0) {
        try {
          probabilities = predict(good, Arrays.copyOf(values, good * each));
        } catch (IllegalArgumentException e) {
          // One of the images has values that the network does not take; the others are predicted.
          predictOneByOne(batch, values, reasons);
          return;
        }
      }
      int classes = network.classNames().size();
      int next = 0;
      for (int i = 0; i < batch.size(); i++) {
        if (reasons[i] == null) {
          int from = classes * next++;
          predicted.add(
              with(batch.get(i), answer(Arrays.copyOfRange(probabilities, from, from + classes))));
        } else {
          predicted.add(with(batch.get(i), fault(reasons[i])));
        }
      }
    }

    private void predictOneByOne(List<Row> batch, float[] values, String[] reasons) {
      int each = Math.toIntExact(shape.size());
      int next = 0;
      for (int i = 0; i < batch.size(); i++) {
        Row answer;
        if (reasons[i] == null) {
          int from = each * next++;
          try {
            answer = answer(predict(1, Arrays.copyOfRange(values, from, from + each)));
          } catch (IllegalArgumentException e) {
            answer = fault(e.getMessage());
          }
        } else {
          answer = fault(reasons[i]);
        }
        predicted.add(with(batch.get(i), answer));
      }
    }

    private float[] predict(int examples, float[] values) {
      return network.predictBatch(examples, Map.of(inputName, values)).values().iterator().next();
    }

    private Row answer(float[] probabilities) {
      List<String> names = network.classNames();
      List<Row> top =
          IntStream.range(0, probabilities.length)
              .boxed()
              .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
              .limit(topK)
              .map(i -> RowFactory.create(names.get(i), i, probabilities[i]))
              .toList();
      Row first = top.get(0);
      return RowFactory.create(
          first.get(0),
          first.get(1),
          first.get(2),
          CollectionConverters.asScala(top).toSeq(),
          null);
    }

    private static Row fault(String reason) {
      return RowFactory.create(null, null, null, null, reason);
    }

    private static Row with(Row row, Row prediction) {
      Object[] values = new Object[row.size() + 1];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      values[row.size()] = prediction;
      return RowFactory.create(values);
    }
  }
}
