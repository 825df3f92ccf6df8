package io.github.convnet4j.spark;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.Shape;

/** The bundled digits of 28x28 pixels, as tables, and a network for them. */
final class Digits {
  static final DataSet TRAIN = BundledDigits.read().train();
  static final DataSet TEST = BundledDigits.read().test();

  static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1), maxPool(2), conv2d(8, 3), relu(), maxPool(2), flatten(), dense(10));

  private Digits() {}

  static Model<Prediction> trained() {
    Model<Prediction> model =
        Model.of(NETWORK, Tasks.classification(), Optimizers.adam(0.01), ModelOptions.seed(1));
    model.fit(TRAIN, FitOptions.epochs(2));
    return model;
  }

  /** Returns a session that must be stopped. */
  static SparkSession local(int cores) {
    return SparkSession.builder()
        .master("local[%d]".formatted(cores))
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }

  static byte[] png(DataSet digits, int index) {
    Picture picture =
        Picture.of(digits.height(), digits.width(), digits.channels(), digits.image(index));
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(picture.toBufferedImage(), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a table {@code id, label, content, values} of the first images. */
  static Dataset<Row> table(SparkSession spark, DataSet digits, int count, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] floats = digits.imageFloats(i);
      double[] values = new double[floats.length];
      for (int j = 0; j < values.length; j++) {
        values[j] = floats[j];
      }
      rows.add(
          RowFactory.create(i, digits.label(i), png(digits, i), Vectors.dense(values), floats));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("label", DataTypes.IntegerType)
            .add("content", DataTypes.BinaryType)
            .add("vector", SQLDataTypes.VectorType())
            .add("values", DataTypes.createArrayType(DataTypes.FloatType));
    return spark.createDataFrame(rows, schema).repartition(partitions);
  }
}
