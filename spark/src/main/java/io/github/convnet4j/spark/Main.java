package io.github.convnet4j.spark;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.Shape;

/**
 * Two programs for {@code spark-submit}, which also run without a cluster: {@code score} classifies
 * the pictures of a folder, and {@code train} trains a network.
 */
public final class Main {
  private static final String USAGE =
      """
      Usage: score MODEL PICTURES [--top 1] [--out FOLDER]
             train DATA MODEL [--epochs 5] [--shards 2] [--steps 20] [--batch-size 100]
                   [--optimizer adam] [--learning-rate 0.001] [--validation-share 0]
                   [--averaging tree] [--checkpoints FOLDER] [--seed 0] [--network FILE]
      MODEL is a folder of the library. DATA is digits, a folder with the four files of MNIST, a
      folder with a folder of pictures for each class, or a Parquet file with the columns content
      and label. Without spark-submit the program runs on all cores of this machine.
      """;

  private static final int BAD_USAGE = 2;

  private final SparkSession spark;
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> options = new TreeMap<>();

  private Main(SparkSession spark, String[] args) {
    this.spark = spark;
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--")) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException("%s needs a value".formatted(args[i]));
        }
        options.put(args[i], args[++i]);
      } else {
        arguments.add(args[i]);
      }
    }
  }

  /** Runs one of the programs. */
  public static void main(String... args) {
    int exitCode = run(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs one of the programs, and returns its exit code. */
  static int run(String... args) {
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder().appName("convnet4j");
    if (!conf.contains("spark.master")) {
      builder.master("local[*]").config("spark.ui.enabled", false);
    }
    SparkSession session = builder.getOrCreate();
    try {
      new Main(session, args).run();
      return 0;
    } catch (AnalysisException
        | DataException
        | IllegalArgumentException
        | IllegalStateException
        | IOException
        | StoreException e) {
      System.err.println("error: " + e.getMessage());
      return BAD_USAGE;
    } finally {
      session.stop();
    }
  }

  private void run() throws AnalysisException, IOException {
    if (arguments.size() != 3) {
      throw new IllegalArgumentException("there must be a program and two arguments\n" + USAGE);
    }
    switch (arguments.get(0)) {
      case "score" -> score(arguments.get(1), arguments.get(2));
      case "train" -> train(arguments.get(1), arguments.get(2));
      default ->
          throw new IllegalArgumentException(
              "the program must be score or train: %s\n%s".formatted(arguments.get(0), USAGE));
    }
  }

  private String option(String name, String otherwise) {
    String value = options.remove(name);
    return value == null ? otherwise : value;
  }

  private int number(String name, int otherwise) {
    String value = option(name, String.valueOf(otherwise));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s must be a whole number: %s".formatted(name, value), e);
    }
  }

  private double decimal(String name, double otherwise) {
    String value = option(name, String.valueOf(otherwise));
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s must be a number: %s".formatted(name, value), e);
    }
  }

  private void requireNoOtherOptions() {
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no option %s\n%s".formatted(options.keySet().iterator().next(), USAGE));
    }
  }

  private void score(String folder, String pictures) {
    int top = number("--top", 1);
    String out = option("--out", "");
    requireNoOtherOptions();
    ImageModel model = ImageModel.fromFolder(Path.of(folder)).setTopK(top);
    Dataset<Row> files =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", true)
            .load(pictures)
            .select("path", "content");
    Dataset<Row> predicted = model.transform(files).drop("content");
    if (!out.isEmpty()) {
      predicted.write().parquet(out);
      return;
    }
    predicted
        .select("path", "prediction.class", "prediction.probability", "prediction.error")
        .orderBy("path")
        .toLocalIterator()
        .forEachRemaining(
            row ->
                System.out.println(
                    row.isNullAt(3)
                        ? "%s  %s  %.4f".formatted(row.get(0), row.get(1), row.getFloat(2))
                        : "%s  %s".formatted(row.get(0), row.get(3))));
  }

  private void train(String data, String folder) throws IOException {
    if (Files.exists(Path.of(folder))) {
      throw new IllegalArgumentException("MODEL must be a new folder: " + folder);
    }
    ImageClassifier classifier =
        new ImageClassifier()
            .setEpochs(number("--epochs", 5))
            .setShards(number("--shards", 2))
            .setStepsPerRound(number("--steps", 20))
            .setAveraging(option("--averaging", ImageClassifier.TREE))
            .setBatchSize(number("--batch-size", 100))
            .setOptimizer(option("--optimizer", "adam"))
            .setLearningRate(decimal("--learning-rate", 0.001))
            .setValidationShare(decimal("--validation-share", 0))
            .setCheckpointDir(option("--checkpoints", ""))
            .setSeed(number("--seed", 0));
    String network = option("--network", "");
    requireNoOtherOptions();
    Examples examples = read(data, network.isEmpty());
    if (network.isEmpty()) {
      classifier.setNetwork(UsualNetwork.of(examples.image(), examples.classes()));
    } else {
      classifier.setNetwork(Files.readString(Path.of(network)));
    }
    ImageModel trained =
        classifier.setInputCol(examples.column()).fit(examples.training(), System.out::println);
    try (Model<Prediction> model = trained.toModel()) {
      model.save(Path.of(folder));
      if (!examples.test().isEmpty()) {
        System.out.printf(
            Locale.ROOT, "test accuracy %.4f%n", model.evaluate(examples.test().get(0)).accuracy());
      }
    }
  }

  /**
   * Examples to train on.
   *
   * @param column with the images
   * @param test one set, or none
   * @param image shape of the images
   */
  private record Examples(
      Dataset<Row> training, String column, List<DataSet> test, Shape image, int classes) {}

  /** The usual size of pictures that are in folders. */
  private static final Shape PICTURES = Shape.of(64, 64, 3);

  private Examples read(String data, boolean withClasses) throws IOException {
    if (data.equals("digits")) {
      return of(BundledDigits.read().train(), BundledDigits.read().test());
    }
    if (data.endsWith(".parquet")) {
      Dataset<Row> table = spark.read().parquet(data);
      return new Examples(table, "content", List.of(), PICTURES, classes(data, table, withClasses));
    }
    if (IdxFolder.exists(Path.of(data))) {
      return of(IdxFolder.read(Path.of(data)).train(), IdxFolder.read(Path.of(data)).test());
    }
    Dataset<Row> table =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", true)
            .load(data)
            .withColumn("label", functions.expr("element_at(split(path, '/'), -2)"))
            .select("content", "label");
    return new Examples(table, "content", List.of(), PICTURES, classes(data, table, withClasses));
  }

  /** Returns the number of classes if it is needed, for a network; otherwise 0. */
  private static int classes(String data, Dataset<Row> table, boolean needed) {
    if (!needed) {
      return 0;
    }
    int classes = (int) table.select("label").distinct().count();
    if (classes == 0) {
      throw new IllegalArgumentException("DATA must have pictures: there are none in " + data);
    }
    return classes;
  }

  private Examples of(DataSet training, DataSet test) {
    StructType schema =
        new StructType()
            .add("image", ImageSchema.columnSchema())
            .add("label", DataTypes.IntegerType);
    int mode = training.channels() == 1 ? 0 : 16;
    List<Row> rows =
        IntStream.range(0, training.size())
            .mapToObj(
                i ->
                    RowFactory.create(
                        RowFactory.create(
                            "",
                            training.height(),
                            training.width(),
                            training.channels(),
                            mode,
                            bgr(training.image(i), training.channels())),
                        training.label(i)))
            .toList();
    return new Examples(
        spark.createDataFrame(rows, schema),
        "image",
        List.of(test),
        Shape.of(training.height(), training.width(), training.channels()),
        training.classes());
  }

  /** Returns the pixels in the order of Spark's images. */
  private static byte[] bgr(byte[] pixels, int channels) {
    if (channels == 3) {
      for (int i = 0; i < pixels.length; i += channels) {
        byte red = pixels[i];
        pixels[i] = pixels[i + 2];
        pixels[i + 2] = red;
      }
    }
    return pixels;
  }
}
