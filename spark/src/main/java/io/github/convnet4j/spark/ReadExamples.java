package io.github.convnet4j.spark;

import io.github.convnet4j.spark.ImageInput.BadImageException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.tensorflow.ndarray.Shape;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes examples of rows {@code [image, label]}: pictures in the network's format, and numbers of
 * classes.
 *
 * @param network the network that is to be trained, which knows the format
 * @param hash its hash
 * @param input kind of the first column
 * @param classNames the classes, which labels that are strings are compared with
 * @param seed of the examples' places
 */
record ReadExamples(
    Broadcast<SavedNetwork> network,
    String hash,
    ImageInput input,
    List<String> classNames,
    long seed)
    implements FlatMapFunction<Iterator<Row>, Example> {
  @Override
  public Iterator<Example> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return List.<Example>of().iterator();
    }
    SharedModels.Use use = SharedModels.use(hash, () -> network.value().load(Executors.session()));
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> use.close());
    Model<Prediction> model = use.model();
    return CollectionConverters.asJava(
        CollectionConverters.asScala(rows).map(row -> example(row, model)));
  }

  private Example example(Row row, Model<Prediction> model) {
    try {
      int label = label(row.get(1));
      if (input.isPicture()) {
        return Example.of(input.pixels(row.get(0), model.pictureFormat()), label, seed);
      }
      Shape shape = model.inputShapes().values().iterator().next();
      return Example.of(input.values(row.get(0), shape), label, seed);
    } catch (BadImageException e) {
      return Example.bad(e.getMessage());
    }
  }

  private int label(Object label) throws BadImageException {
    if (label instanceof String name) {
      int index = classNames.indexOf(name);
      if (index < 0) {
        throw new BadImageException(
            "the label must be one of the classes %s: %s".formatted(classNames, name));
      }
      return index;
    }
    if (label instanceof Number number) {
      double index = number.doubleValue();
      if (index != Math.rint(index) || index < 0 || index >= classNames.size()) {
        throw new BadImageException(
            "the label must be a whole number from 0 to %d: %s"
                .formatted(classNames.size() - 1, label));
      }
      return (int) index;
    }
    throw new BadImageException("there is no label: the column is null");
  }
}
