package io.github.convnet4j.spark;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.SessionOptions;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Classifies the images of a column with a saved model:
 *
 * <pre>{@code
 * ImageModel model = ImageModel.fromFolder(Path.of("my-digits")).setTopK(3);
 * Dataset<Row> pictures = spark.read().format("binaryFile").load("pictures");
 * model.transform(pictures).select("path", "prediction.class", "prediction.probability").show();
 * }</pre>
 *
 * <p>The input column has the bytes of picture files, Spark's images, or vectors or arrays of
 * floats. Pictures are converted exactly as those that the model was trained on. Vectors hold the
 * network's input row by row, with values from 0 to 1.
 *
 * <p>The output column is a struct; all other columns are kept:
 *
 * <ul>
 *   <li>{@code class}, the name of the most likely class, {@code index}, its number from 0, and
 *       {@code probability}
 *   <li>{@code top}, an array of the {@linkplain #setTopK most likely classes}, with the same three
 *       fields
 *   <li>{@code error}, why there is no prediction: the other fields are null then. A bad picture
 *       does not fail the job.
 * </ul>
 *
 * <p>The model is sent to each executor once, and all tasks of an executor share one copy of it.
 * Rows are read, predicted and passed on in batches, so a partition may have any size. Streams can
 * be transformed as well.
 */
public final class ImageModel extends Model<ImageModel> implements MLWritable {
  private static final long serialVersionUID = 1;

  private static final String FOLDER = "network";

  private static final StructType LIKELY =
      new StructType()
          .add("class", DataTypes.StringType)
          .add("index", DataTypes.IntegerType)
          .add("probability", DataTypes.FloatType);

  private static final StructType PREDICTION =
      LIKELY.add("top", DataTypes.createArrayType(LIKELY)).add("error", DataTypes.StringType);

  private final String uid;
  private final SavedNetwork network;
  private final List<TrainedEpoch> epochs;
  private final Sent sent = new Sent();

  // Created when they are asked for: Spark's constructors ask for them before this class has any.
  private Param<String> inputCol;
  private Param<String> outputCol;
  private IntParam topK;
  private IntParam batchSize;

  /** The broadcast of the model, so that it is not sent again by the next transformation. */
  private static final class Sent implements Serializable {
    private static final long serialVersionUID = 1;

    private transient SparkContext context;
    private transient Broadcast<SavedNetwork> broadcast;

    synchronized Broadcast<SavedNetwork> to(SparkContext executors, SavedNetwork network) {
      if (context != executors) {
        broadcast = JavaSparkContext.fromSparkContext(executors).broadcast(network);
        context = executors;
      }
      return broadcast;
    }
  }

  ImageModel(String uid, SavedNetwork network, List<TrainedEpoch> epochs) {
    this.uid = uid;
    this.network = network;
    this.epochs = List.copyOf(epochs);
    setDefault(inputCol(), "content");
    setDefault(outputCol(), "prediction");
    setDefault(topK(), 1);
    setDefault(batchSize(), 0);
  }

  static String newUid() {
    return Identifiable$.MODULE$.randomUID("imageModel");
  }

  /**
   * Returns a model that the library has saved in a folder.
   *
   * @throws io.github.convnet4j.store.StoreException if there is no model for classification there
   */
  public static ImageModel fromFolder(Path folder) {
    return new ImageModel(newUid(), SavedNetwork.of(folder), List.of());
  }

  /** Returns a model from a folder as {@link #fromFolder(Path)} does; for Python. */
  public static ImageModel fromFolder(String folder) {
    return fromFolder(Path.of(folder));
  }

  /** Returns a copy of a model. */
  public static ImageModel of(io.github.convnet4j.train.Model<Prediction> model) {
    return new ImageModel(newUid(), SavedNetwork.of(model), List.of());
  }

  /** Returns the model for use without Spark; it must be closed. */
  public io.github.convnet4j.train.Model<Prediction> toModel() {
    return network.load(SessionOptions.standard());
  }

  /** Returns the names of the classes. */
  public List<String> classNames() {
    return network.classNames();
  }

  /**
   * Returns the results of the epochs, over all shards, if {@link ImageClassifier} has just trained
   * this model. They are not saved with it: a model that was loaded has none. The history of {@link
   * #toModel} is another one: that of the first shard.
   */
  public List<TrainedEpoch> epochs() {
    return epochs;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The column with the images. */
  public Param<String> inputCol() {
    if (inputCol == null) {
      inputCol = new Param<>(this, "inputCol", "the column with the images");
    }
    return inputCol;
  }

  /** The column with the predictions. */
  public Param<String> outputCol() {
    if (outputCol == null) {
      outputCol = new Param<>(this, "outputCol", "the new column with the predictions");
    }
    return outputCol;
  }

  /** How many of the most likely classes are listed. */
  public IntParam topK() {
    if (topK == null) {
      topK =
          new IntParam(
              this, "topK", "how many of the most likely classes to list", ParamValidators.gtEq(1));
    }
    return topK;
  }

  /** How many rows are predicted at a time. */
  public IntParam batchSize() {
    if (batchSize == null) {
      batchSize =
          new IntParam(
              this,
              "batchSize",
              "how many rows to predict at a time; 0 lets the network's size decide",
              ParamValidators.gtEq(0));
    }
    return batchSize;
  }

  /** Sets the column with the images; {@code content} by default, as {@code binaryFile} has it. */
  public ImageModel setInputCol(String column) {
    set(inputCol(), column);
    return this;
  }

  /** Sets the new column for the predictions; {@code prediction} by default. */
  public ImageModel setOutputCol(String column) {
    set(outputCol(), column);
    return this;
  }

  /**
   * Sets how many of the most likely classes are listed; 1 by default.
   *
   * @param classes at least 1; if there are fewer classes, all are listed
   */
  public ImageModel setTopK(int classes) {
    set(topK(), classes);
    return this;
  }

  /**
   * Sets how many rows are predicted at a time.
   *
   * @param rows at least 1; or 0, the default, to let the network's size decide: fewer for larger
   *     activations, so that a batch takes a few tens of megabytes
   */
  public ImageModel setBatchSize(int rows) {
    set(batchSize(), rows);
    return this;
  }

  /** Returns the column with the images. */
  public String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Returns the column for the predictions. */
  public String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Returns how many of the most likely classes are listed. */
  public int getTopK() {
    return (int) getOrDefault(topK());
  }

  /** Returns how many rows are predicted at a time; 0 lets the network's size decide. */
  public int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> images) {
    StructType schema = images.schema();
    StructType predicted = transformSchema(schema);
    SparkContext context = images.sparkSession().sparkContext();
    BatchPredictions predictions =
        new BatchPredictions(
            sent.to(context, network),
            network.hash(),
            ImageInput.of(schema, "inputCol", getInputCol()),
            schema.fieldIndex(getInputCol()),
            getTopK(),
            getBatchSize());
    return images.toDF().mapPartitions(predictions, Encoders.row(predicted));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there is no input column, it is of another type, or there
   *     is an output column already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ImageInput.of(schema, "inputCol", getInputCol());
    return withPredictions(schema, getOutputCol());
  }

  /**
   * Returns the columns with one for predictions.
   *
   * @throws IllegalArgumentException if there is a column of that name
   */
  static StructType withPredictions(StructType schema, String outputCol) {
    if (List.of(schema.fieldNames()).contains(outputCol)) {
      throw new IllegalArgumentException(
          "outputCol must be a new column: %s is one of %s"
              .formatted(outputCol, List.of(schema.fieldNames())));
    }
    return schema.add(new StructField(outputCol, PREDICTION, false, Metadata.empty()));
  }

  @Override
  public ImageModel copy(ParamMap extra) {
    ImageModel copied = new ImageModel(uid, network, epochs);
    copyValues(copied, extra);
    return hasParent() ? copied.setParent(parent()) : copied;
  }

  /**
   * Returns a writer of the parameters and, in a folder {@code network}, of the model, which the
   * library can load from there as well.
   */
  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Returns a reader of what {@link #write} wrote. */
  public static MLReader<ImageModel> read() {
    return new Reader();
  }

  /** Reads what {@code save} wrote. */
  public static ImageModel load(String path) {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final ImageModel model;

    Writer(ImageModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(
          model, path, sparkSession(), Option.empty(), Option.empty());
      try {
        model.network.write(path + "/" + FOLDER, sparkSession().sessionState().newHadoopConf());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Reader extends MLReader<ImageModel> {
    @Override
    public ImageModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), ImageModel.class.getName());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      ImageModel model =
          new ImageModel(metadata.uid(), SavedNetwork.read(path + "/" + FOLDER, hadoop), List.of());
      metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
      return model;
    }
  }

  @Override
  public String toString() {
    return "ImageModel[%s, %d classes]".formatted(uid, network.classNames().size());
  }
}
