package io.github.convnet4j.spark;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.SessionOptions;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network on the images of a table, on all executors:
 *
 * <pre>{@code
 * ImageModel model =
 *     new ImageClassifier()
 *         .setNetwork(network)
 *         .setEpochs(10)
 *         .setShards(8)
 *         .setValidationShare(0.1)
 *         .setCheckpointDir("hdfs:///runs/1")
 *         .fit(spark.read().parquet("hdfs:///pictures"));
 * model.save("hdfs:///models/1");
 * }</pre>
 *
 * <p>The examples are divided into shards once. In each round every task trains for some steps on
 * its shard, all from the same weights; then the means of their weights are taken (local SGD). With
 * one step per round and the optimizer {@code sgd} this is the same as training on one machine with
 * batches of all shards together, except for rounding. With more steps, or another optimizer, it is
 * another way to train, which needs less network.
 *
 * <p>The same examples, parameters and number of shards give the same weights, however the table is
 * partitioned, whichever executors run the tasks, and even if some are lost.
 */
public final class ImageClassifier extends Estimator<ImageModel> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger("io.github.convnet4j.spark");

  static final String TREE = "tree";
  static final String RING = "ring";

  private final String uid;

  // Created when they are asked for: Spark's constructors ask for them before this class has any.
  private Param<String> inputCol;
  private Param<String> labelCol;
  private Param<String> outputCol;
  private Param<String> network;
  private Param<String> startModel;
  private Param<String> optimizer;
  private DoubleParam learningRate;
  private IntParam epochs;
  private IntParam batchSize;
  private IntParam stepsPerRound;
  private Param<String> averaging;
  private BooleanParam averageOptimizer;
  private IntParam shards;
  private IntParam fanIn;
  private DoubleParam validationShare;
  private IntParam patience;
  private Param<String> checkpointDir;
  private BooleanParam skipBadRows;
  private LongParam seed;
  private StringArrayParam classNames;

  /** Returns an estimator with default parameters; it needs a network. */
  public ImageClassifier() {
    this(Identifiable$.MODULE$.randomUID("imageClassifier"));
  }

  /** Returns an estimator with default parameters and a name, as Spark needs it. */
  public ImageClassifier(String uid) {
    this.uid = uid;
    setDefault(inputCol(), "content");
    setDefault(labelCol(), "label");
    setDefault(outputCol(), "prediction");
    setDefault(network(), "");
    setDefault(startModel(), "");
    setDefault(optimizer(), "adam");
    setDefault(learningRate(), 0.001);
    setDefault(epochs(), 5);
    setDefault(batchSize(), 100);
    setDefault(stepsPerRound(), 20);
    setDefault(averaging(), TREE);
    setDefault(averageOptimizer(), true);
    setDefault(shards(), 0);
    setDefault(fanIn(), 8);
    setDefault(validationShare(), 0.0);
    setDefault(patience(), 0);
    setDefault(checkpointDir(), "");
    setDefault(skipBadRows(), false);
    setDefault(seed(), 0L);
    setDefault(classNames(), new String[0]);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Sets the network, which has built-in layers. */
  public ImageClassifier setNetwork(Network value) {
    return setNetwork(NetworkJson.standard().write(value));
  }

  /** The names of the classes. */
  public StringArrayParam classNames() {
    if (classNames == null) {
      classNames = new StringArrayParam(this, "classNames", "the names of the classes, in order");
    }
    return classNames;
  }

  /**
   * Sets the names of the classes, in the order of their numbers. By default they are those of the
   * start model, or else the labels in alphabetical order if these are names.
   */
  public ImageClassifier setClassNames(String... names) {
    set(classNames(), names);
    return this;
  }

  /** Returns the names of the classes; empty if they are not set. */
  public String[] getClassNames() {
    return getOrDefault(classNames());
  }

  /** The column with the images. */
  public Param<String> inputCol() {
    if (inputCol == null) {
      inputCol = new Param<>(this, "inputCol", "the column with the images");
    }
    return inputCol;
  }

  /** The column with the classes, as numbers from 0 or as names. */
  public Param<String> labelCol() {
    if (labelCol == null) {
      labelCol =
          new Param<>(
              this, "labelCol", "the column with the classes, as numbers from 0 or as names");
    }
    return labelCol;
  }

  /** The column that the trained model adds. */
  public Param<String> outputCol() {
    if (outputCol == null) {
      outputCol = new Param<>(this, "outputCol", "the column that the trained model adds");
    }
    return outputCol;
  }

  /** The description of the network in JSON. */
  public Param<String> network() {
    if (network == null) {
      network = new Param<>(this, "network", "the description of the network in JSON");
    }
    return network;
  }

  /** The folder of a saved model to start from. */
  public Param<String> startModel() {
    if (startModel == null) {
      startModel = new Param<>(this, "startModel", "the folder of a saved model to start from");
    }
    return startModel;
  }

  /** The optimizer: adam, adamw, rmsprop, sgd, momentum or nesterov. */
  public Param<String> optimizer() {
    if (optimizer == null) {
      optimizer =
          new Param<>(
              this, "optimizer", "the optimizer: adam, adamw, rmsprop, sgd, momentum or nesterov");
    }
    return optimizer;
  }

  /** The learning rate. */
  public DoubleParam learningRate() {
    if (learningRate == null) {
      learningRate =
          new DoubleParam(this, "learningRate", "the learning rate", ParamValidators.gt(0));
    }
    return learningRate;
  }

  /** How many times each example is used. */
  public IntParam epochs() {
    if (epochs == null) {
      epochs =
          new IntParam(
              this, "epochs", "how many times each example is used", ParamValidators.gtEq(1));
    }
    return epochs;
  }

  /** Examples per step of each task. */
  public IntParam batchSize() {
    if (batchSize == null) {
      batchSize =
          new IntParam(
              this, "batchSize", "examples per step of each task", ParamValidators.gtEq(1));
    }
    return batchSize;
  }

  /** Steps of each task between two averages. */
  public IntParam stepsPerRound() {
    if (stepsPerRound == null) {
      stepsPerRound =
          new IntParam(
              this,
              "stepsPerRound",
              "steps of each task between two averages",
              ParamValidators.gtEq(1));
    }
    return stepsPerRound;
  }

  /** Where the means are taken: tree or ring. */
  public Param<String> averaging() {
    if (averaging == null) {
      averaging =
          new Param<>(
              this,
              "averaging",
              "where the means are taken: tree or ring",
              ParamValidators.inArray(List.of(TREE, RING)));
    }
    return averaging;
  }

  /** Whether the optimizer's state is averaged, too. */
  public BooleanParam averageOptimizer() {
    if (averageOptimizer == null) {
      averageOptimizer =
          new BooleanParam(
              this, "averageOptimizer", "whether the optimizer's state is averaged, too");
    }
    return averageOptimizer;
  }

  /** Tasks that train at the same time; 0 for as many as Spark runs. */
  public IntParam shards() {
    if (shards == null) {
      shards =
          new IntParam(
              this,
              "shards",
              "tasks that train at the same time; 0 for as many as Spark runs",
              ParamValidators.gtEq(0));
    }
    return shards;
  }

  /** How many results are averaged at once. */
  public IntParam fanIn() {
    if (fanIn == null) {
      fanIn =
          new IntParam(
              this, "fanIn", "how many results are averaged at once", ParamValidators.gtEq(2));
    }
    return fanIn;
  }

  /** Share of the examples that is held out. */
  public DoubleParam validationShare() {
    if (validationShare == null) {
      validationShare =
          new DoubleParam(
              this,
              "validationShare",
              "share of the examples that is held out",
              ParamValidators.inRange(0, 1, true, false));
    }
    return validationShare;
  }

  /** Epochs without a lower validation loss after which training stops; 0 for never. */
  public IntParam patience() {
    if (patience == null) {
      patience =
          new IntParam(
              this,
              "patience",
              "epochs without a lower validation loss after which training stops; 0 for never",
              ParamValidators.gtEq(0));
    }
    return patience;
  }

  /** A folder for the state after each round. */
  public Param<String> checkpointDir() {
    if (checkpointDir == null) {
      checkpointDir = new Param<>(this, "checkpointDir", "a folder for the state after each round");
    }
    return checkpointDir;
  }

  /** Whether rows that cannot be used are left out. */
  public BooleanParam skipBadRows() {
    if (skipBadRows == null) {
      skipBadRows =
          new BooleanParam(this, "skipBadRows", "whether rows that cannot be used are left out");
    }
    return skipBadRows;
  }

  /** The seed of everything random. */
  public LongParam seed() {
    if (seed == null) {
      seed = new LongParam(this, "seed", "the seed of everything random");
    }
    return seed;
  }

  /**
   * Sets the column with the images; {@code content} by default. It may be of each type that {@link
   * ImageModel} takes.
   */
  public ImageClassifier setInputCol(String value) {
    set(inputCol(), value);
    return this;
  }

  /**
   * Sets the column with the classes; {@code label} by default. It has whole numbers from 0, or
   * names.
   */
  public ImageClassifier setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets the column that the trained model adds; {@code prediction} by default. */
  public ImageClassifier setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  /** Sets the network as {@link NetworkJson} describes it, with built-in layers. */
  public ImageClassifier setNetwork(String value) {
    set(network(), value);
    return this;
  }

  /**
   * Sets the folder of a saved model, trained or not, instead of a network: training starts with
   * its weights, and its optimizer, normalization and picture format are used.
   */
  public ImageClassifier setStartModel(String value) {
    set(startModel(), value);
    return this;
  }

  /**
   * Sets the optimizer: {@code adam}, the default, {@code adamw}, {@code rmsprop}, {@code sgd},
   * {@code momentum} or {@code nesterov}.
   */
  public ImageClassifier setOptimizer(String value) {
    OptimizerName.of(value);
    set(optimizer(), value);
    return this;
  }

  /** Sets the learning rate; 0.001 by default. */
  public ImageClassifier setLearningRate(double value) {
    set(learningRate(), value);
    return this;
  }

  /** Sets how many times each example is used; 5 by default. */
  public ImageClassifier setEpochs(int value) {
    set(epochs(), value);
    return this;
  }

  /**
   * Sets the number of examples per step of each task; 100 by default. With n shards a round of one
   * step is a step with n times as many examples.
   */
  public ImageClassifier setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  /**
   * Sets how many steps each task trains between two averages; 20 by default. More steps need less
   * network, and let the tasks drift further apart. A round never goes beyond the end of an epoch.
   */
  public ImageClassifier setStepsPerRound(int value) {
    set(stepsPerRound(), value);
    return this;
  }

  /**
   * Sets where the means are taken.
   *
   * @param value {@code tree}, the default: by the driver, or, for more than {@link #setFanIn}
   *     shards, in groups by the executors first. The state can be saved after each round, and only
   *     the tasks that fail are run again. Or {@code ring}: by the tasks of an epoch between
   *     themselves, through sockets, which takes less time. All tasks must run at the same time,
   *     the state is saved after each epoch, and if a task fails its epoch starts again.
   */
  public ImageClassifier setAveraging(String value) {
    if (!List.of(TREE, RING).contains(value)) {
      throw new IllegalArgumentException("averaging must be tree or ring: " + value);
    }
    set(averaging(), value);
    return this;
  }

  /**
   * Sets whether the optimizer's state is averaged with the weights, the default. Otherwise each
   * round starts with a new state, and Adam needs a third of the network.
   */
  public ImageClassifier setAverageOptimizer(boolean value) {
    set(averageOptimizer(), value);
    return this;
  }

  /**
   * Sets how many tasks train at the same time, each on its shard of the examples; 0, the default,
   * for Spark's default parallelism. The result depends on this number.
   */
  public ImageClassifier setShards(int value) {
    set(shards(), value);
    return this;
  }

  /**
   * Sets how many results are averaged at once; 8 by default. More results are averaged in groups
   * of this size by the executors, and then the groups by the driver.
   */
  public ImageClassifier setFanIn(int value) {
    set(fanIn(), value);
    return this;
  }

  /** Sets the share of the examples that is held out for validation; 0 by default. */
  public ImageClassifier setValidationShare(double value) {
    set(validationShare(), value);
    return this;
  }

  /**
   * Stops training after this many epochs without a lower validation loss, and returns the weights
   * with the lowest; 0, the default, for never.
   */
  public ImageClassifier setPatience(int value) {
    set(patience(), value);
    return this;
  }

  /**
   * Sets a folder, in any file system that Hadoop knows, for the state after each round, or after
   * each epoch if {@link #setAveraging averaging} is {@code ring}. A training with the same
   * settings and examples resumes from there, and gives the same weights as without an
   * interruption. Empty by default: no checkpoints.
   */
  public ImageClassifier setCheckpointDir(String value) {
    set(checkpointDir(), value);
    return this;
  }

  /**
   * Sets whether rows whose picture or label cannot be used are left out. By default training does
   * not start, and the message gives reasons.
   */
  public ImageClassifier setSkipBadRows(boolean value) {
    set(skipBadRows(), value);
    return this;
  }

  /**
   * Sets the seed of the initial weights, the shards, the order of the examples, the validation
   * share and dropout; 0 by default.
   */
  public ImageClassifier setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Returns the column with the images. */
  public String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Returns the column with the classes, as numbers from 0 or as names. */
  public String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Returns the column that the trained model adds. */
  public String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Returns the description of the network in JSON. */
  public String getNetwork() {
    return getOrDefault(network());
  }

  /** Returns the folder of a saved model to start from. */
  public String getStartModel() {
    return getOrDefault(startModel());
  }

  /** Returns the optimizer: adam, adamw, rmsprop, sgd, momentum or nesterov. */
  public String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /** Returns the learning rate. */
  public double getLearningRate() {
    return (double) getOrDefault(learningRate());
  }

  /** Returns how many times each example is used. */
  public int getEpochs() {
    return (int) getOrDefault(epochs());
  }

  /** Returns examples per step of each task. */
  public int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /** Returns steps of each task between two averages. */
  public int getStepsPerRound() {
    return (int) getOrDefault(stepsPerRound());
  }

  /** Returns where the means are taken: tree or ring. */
  public String getAveraging() {
    return getOrDefault(averaging());
  }

  /** Returns whether the optimizer's state is averaged, too. */
  public boolean getAverageOptimizer() {
    return (boolean) getOrDefault(averageOptimizer());
  }

  /** Returns tasks that train at the same time; 0 for as many as Spark runs. */
  public int getShards() {
    return (int) getOrDefault(shards());
  }

  /** Returns how many results are averaged at once. */
  public int getFanIn() {
    return (int) getOrDefault(fanIn());
  }

  /** Returns share of the examples that is held out. */
  public double getValidationShare() {
    return (double) getOrDefault(validationShare());
  }

  /** Returns epochs without a lower validation loss after which training stops; 0 for never. */
  public int getPatience() {
    return (int) getOrDefault(patience());
  }

  /** Returns a folder for the state after each round. */
  public String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /** Returns whether rows that cannot be used are left out. */
  public boolean getSkipBadRows() {
    return (boolean) getOrDefault(skipBadRows());
  }

  /** Returns the seed of everything random. */
  public long getSeed() {
    return (long) getOrDefault(seed());
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if a parameter or a column does not fit, or the network does
   *     not
   * @throws IllegalStateException if rows cannot be used, or a weight is no longer finite
   */
  @Override
  public ImageModel fit(Dataset<?> table) {
    return fit(table, epoch -> LOG.log(System.Logger.Level.INFO, "{0}", epoch));
  }

  /**
   * Trains.
   *
   * @param epochEnd is called after each epoch
   */
  ImageModel fit(Dataset<?> table, Consumer<TrainedEpoch> epochEnd) {
    transformSchema(table.schema());
    Dataset<Row> examples =
        table.select(functions.col(getInputCol()), functions.col(getLabelCol()));
    try (Model<Prediction> model = untrained(examples)) {
      ImageModel trained = new DistributedTraining(this, examples, model, epochEnd).run();
      return copyValues(trained.setParent(this), ParamMap.empty())
          .setInputCol(getInputCol())
          .setOutputCol(getOutputCol());
    }
  }

  private Model<Prediction> untrained(Dataset<Row> examples) {
    if (getNetwork().isEmpty() == getStartModel().isEmpty()) {
      throw new IllegalArgumentException(
          getNetwork().isEmpty()
              ? "network must be set, or startModel: neither is"
              : "either network or startModel must be set: both are");
    }
    SessionOptions session = Executors.session();
    if (!getStartModel().isEmpty()) {
      return SavedNetwork.read(
              getStartModel(), examples.sparkSession().sessionState().newHadoopConf())
          .load(session);
    }
    Network network = NetworkJson.standard().read(getNetwork());
    List<String> names = names(examples);
    Classification task =
        names.isEmpty()
            ? Tasks.classification()
            : Tasks.classification(names.toArray(String[]::new));
    return Model.of(
        network,
        task,
        OptimizerName.of(getOptimizer()).of(getLearningRate()),
        ModelOptions.seed(getSeed()).session(session));
  }

  private List<String> names(Dataset<Row> examples) {
    if (getClassNames().length > 0 || !hasNames(examples.schema())) {
      return List.of(getClassNames());
    }
    return examples
        .select(functions.col(getLabelCol()).as("name"))
        .where("name is not null")
        .distinct()
        .orderBy("name")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private boolean hasNames(StructType schema) {
    return schema.apply(getLabelCol()).dataType().equals(DataTypes.StringType);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ImageInput.of(schema, "inputCol", getInputCol());
    if (!List.of(schema.fieldNames()).contains(getLabelCol())) {
      throw new IllegalArgumentException(
          "labelCol must be one of the columns %s: %s"
              .formatted(List.of(schema.fieldNames()), getLabelCol()));
    }
    DataType label = schema.apply(getLabelCol()).dataType();
    if (!(label instanceof NumericType) && !hasNames(schema)) {
      throw new IllegalArgumentException(
          "labelCol must be a column of numbers or of strings: %s is of type %s"
              .formatted(getLabelCol(), label.simpleString()));
    }
    return ImageModel.withPredictions(schema, getOutputCol());
  }

  @Override
  public ImageClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns a reader of what {@code write()} wrote. */
  public static MLReader<ImageClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads what {@code save} wrote. */
  public static ImageClassifier load(String path) {
    return read().load(path);
  }
}
