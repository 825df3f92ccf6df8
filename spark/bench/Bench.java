import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.spark.ImageClassifier;
import io.github.convnet4j.spark.ImageModel;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.Shape;

/** What measure.sh measures. */
final class Bench {
  private static final int EPOCHS = 3;
  private static final int BATCH = 100;

  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(32, 3),
          relu(),
          maxPool(2),
          conv2d(64, 3),
          relu(),
          maxPool(2),
          flatten(),
          dense(128),
          relu(),
          dense(10));

  private final SparkSession spark;
  private final DataSets mnist;
  private final Path scratch;

  private Bench(SparkSession spark, Path data, Path scratch) {
    this.spark = spark;
    this.mnist = IdxFolder.read(data);
    this.scratch = scratch;
  }

  public static void main(String[] args) throws IOException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Bench bench = new Bench(spark, Path.of(args[1]), Path.of(args[2]));
    switch (args[0]) {
      case "prepare" -> bench.prepare();
      case "score" -> bench.score();
      case "score-alone" -> bench.scoreAlone();
      case "train" -> bench.train(Integer.parseInt(args[3]), Integer.parseInt(args[4]), EPOCHS);
      case "train-alone" -> bench.trainAlone();
      case "rounds" -> bench.train(Integer.parseInt(args[3]), Integer.parseInt(args[4]), 1);
      default -> throw new IllegalArgumentException(args[0]);
    }
    spark.stop();
  }

  private static Model<Prediction> model() {
    return Model.of(
        NETWORK,
        Tasks.classification(),
        Optimizers.adam(0.001),
        ModelOptions.seed(1).pictures(PictureFormat.asTheyAre()));
  }

  private void prepare() throws IOException {
    for (String name : List.of("model", "model.keras", "pictures.parquet", "training.parquet")) {
      if (Files.exists(scratch.resolve(name))) {
        throw new IllegalArgumentException("SCRATCH must be empty: it has " + name);
      }
    }
    try (Model<Prediction> model = model()) {
      model.fit(mnist.train().take(10_000), FitOptions.epochs(1).batchSize(BATCH));
      model.save(scratch.resolve("model"));
      model.exportKeras(scratch.resolve("model.keras"));
    }
    table(mnist.test(), 5).write().parquet(scratch.resolve("pictures.parquet").toString());
    table(mnist.train(), 1).write().parquet(scratch.resolve("training.parquet").toString());
  }

  /** Returns PNG files and labels; each image this many times. */
  private Dataset<Row> table(DataSet images, int times) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(
          Picture.of(28, 28, 1, images.image(i)).toBufferedImage(), "png", png);
      rows.add(RowFactory.create(png.toByteArray(), images.label(i)));
    }
    StructType schema =
        new StructType()
            .add("content", DataTypes.BinaryType)
            .add("label", DataTypes.IntegerType);
    Dataset<Row> once = spark.createDataFrame(rows, schema);
    Dataset<Row> all = once;
    for (int i = 1; i < times; i++) {
      all = all.union(once);
    }
    return all.repartition(8);
  }

  /** Prints a line of measure.sh's table. */
  private void print(
      String what, String shards, String steps, long began, long rows, double accuracy, String bytes)
      throws IOException {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s\t%s\t%s\t%s\t%.2f\t%.0f\t%.4f\t%d\t%s%n",
        what,
        spark.sparkContext().master(),
        shards,
        steps,
        seconds,
        rows / seconds,
        accuracy,
        peakMiB(),
        bytes);
  }

  /** Returns the sum of the peaks of this process and those that it started, in MiB. */
  private static long peakMiB() throws IOException {
    List<ProcessHandle> processes =
        new ArrayList<>(ProcessHandle.current().descendants().toList());
    processes.add(ProcessHandle.current());
    long sum = 0;
    for (ProcessHandle process : processes) {
      Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
      if (Files.exists(status)) {
        sum +=
            Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      }
    }
    return sum / 1024;
  }

  private void score() throws IOException {
    ImageModel model = ImageModel.fromFolder(scratch.resolve("model"));
    Dataset<Row> pictures = spark.read().parquet(scratch.resolve("pictures.parquet").toString());
    long rows = pictures.count();
    for (String attempt : List.of("first", "second")) {
      long began = System.nanoTime();
      long right = model.transform(pictures).where("prediction.index = label").count();
      print("score, " + attempt, "", "", began, rows, (double) right / rows, "");
    }
  }

  private void scoreAlone() throws IOException {
    List<Row> rows =
        spark.read().parquet(scratch.resolve("pictures.parquet").toString()).collectAsList();
    try (Model<Prediction> model = Model.load(scratch.resolve("model"), Prediction.class)) {
      for (String attempt : List.of("first", "second")) {
        long began = System.nanoTime();
        long right = 0;
        int size = model.inferenceBatchSize();
        for (int from = 0; from < rows.size(); from += size) {
          List<Row> some = rows.subList(from, Math.min(rows.size(), from + size));
          float[] values = new float[some.size() * 784];
          some.parallelStream()
              .map(row -> model.pictureFormat().decode(row.<byte[]>getAs(0)).pixels())
              .toList()
              .forEach(new Filler(values)::add);
          float[] answers =
              model
                  .predictBatch(
                      some.size(),
                      java.util.Map.of(model.inputShapes().keySet().iterator().next(), values))
                  .values()
                  .iterator()
                  .next();
          for (int i = 0; i < some.size(); i++) {
            float[] one = Arrays.copyOfRange(answers, 10 * i, 10 * i + 10);
            int best = 0;
            for (int c = 1; c < one.length; c++) {
              best = one[c] > one[best] ? c : best;
            }
            right += best == some.get(i).getInt(1) ? 1 : 0;
          }
        }
        print(
            "score without Spark, " + attempt,
            "", "", began, rows.size(), (double) right / rows.size(), "");
      }
    }
  }

  private static final class Filler {
    private final float[] values;
    private int at;

    Filler(float[] values) {
      this.values = values;
    }

    void add(byte[] pixels) {
      for (byte pixel : pixels) {
        values[at++] = (pixel & 0xff) / 255f;
      }
    }
  }

  private void trainAlone() throws IOException {
    long began = System.nanoTime();
    try (Model<Prediction> model = model()) {
      // Batches of as many examples as two shards have together in a step.
      model.fit(mnist.train(), FitOptions.epochs(EPOCHS).batchSize(2 * BATCH));
      print(
          "train without Spark", "1", "", began, (long) EPOCHS * mnist.train().size(),
          model.evaluate(mnist.test()).accuracy(), "");
    }
  }

  private void train(int shards, int steps, int epochs) throws IOException {
    AtomicLong moved = new AtomicLong();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd ended) {
                if (ended.taskMetrics() != null) {
                  moved.addAndGet(ended.taskMetrics().resultSize());
                }
              }
            });
    Dataset<Row> table = spark.read().parquet(scratch.resolve("training.parquet").toString());
    long began = System.nanoTime();
    ImageModel trained =
        new ImageClassifier()
            .setNetwork(NETWORK)
            .setShards(shards)
            .setStepsPerRound(steps)
            .setBatchSize(BATCH)
            .setEpochs(epochs)
            .setSeed(1)
            .fit(table);
    long ended = System.nanoTime();
    int perShard = (mnist.train().size() + shards - 1) / shards;
    int perEpoch = (perShard + BATCH - 1) / BATCH;
    long rounds = (long) epochs * ((perEpoch + steps - 1) / steps);
    try (Model<Prediction> model = trained.toModel()) {
      double accuracy = model.evaluate(mnist.test()).accuracy();
      print(
          "train", String.valueOf(shards), String.valueOf(steps),
          began + (System.nanoTime() - ended), (long) epochs * mnist.train().size(), accuracy,
          String.valueOf(moved.get() / rounds));
    }
    System.out.printf(
        Locale.ROOT, "epochs\t%s\t%d\t%d\t%s%n",
        spark.sparkContext().master(), shards, steps,
        trained.epochs().stream().map(epoch -> "%.2f s".formatted(epoch.seconds())).toList());
  }
}
