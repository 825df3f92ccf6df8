package io.github.convnet4j.spark;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.SessionOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.Shape;

/** What measure.sh measures. In this package, so that it trains the network of {@link Main}. */
public final class Bench {
  private static final int BATCH = 100;
  static final Shape IMAGE = Shape.of(28, 28, 1);
  private static final int CLASSES = 10;
  private static final Network NETWORK = UsualNetwork.of(IMAGE, CLASSES);

  /** A tenth of the examples to train on is held out, here and there. */
  private static final double HELD_OUT = 1.0 / 11;

  /** Copies of the test images that are scored. */
  private static final int COPIES = 15;

  private final SparkSession spark;
  private final Path scratch;

  private Bench(SparkSession spark, Path scratch) {
    this.spark = spark;
    this.scratch = scratch;
  }

  public static void main(String[] args) throws IOException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Bench bench = new Bench(spark, Path.of(args[1]));
    int[] numbers =
        Arrays.stream(args).skip(2).filter(arg -> arg.matches("\\d+")).mapToInt(Integer::parseInt).toArray();
    switch (args[0]) {
      case "prepare" -> bench.prepare(IdxFolder.read(Path.of(args[2])));
      case "score" -> bench.score();
      case "score-alone" -> bench.scoreAlone();
      case "train" -> bench.train(args[2], numbers[0], numbers[1], numbers[2], numbers[3]);
      case "train-alone" ->
          bench.trainAlone(IdxFolder.read(Path.of(args[2])), numbers[0], numbers[1], numbers[2]);
      case "steps-alone" -> bench.stepsAlone(IdxFolder.read(Path.of(args[2])), numbers[0]);
      case "rounds" -> bench.rounds(args[2], numbers[0], numbers[1]);
      case "averages" -> bench.averages(args[2], numbers[0]);
      default -> throw new IllegalArgumentException(args[0]);
    }
    spark.stop();
  }

  private static Model<Prediction> model(Network network) {
    return model(network, 1, SessionOptions.standard());
  }

  private static Model<Prediction> model(Network network, int seed, SessionOptions session) {
    return Model.of(
        network,
        Tasks.classification(),
        Optimizers.adam(0.001),
        ModelOptions.seed(seed).session(session).pictures(PictureFormat.asTheyAre()));
  }

  private void prepare(DataSets mnist) throws IOException {
    for (String name : List.of("model", "model.keras", "pictures.parquet", "training.parquet")) {
      if (Files.exists(scratch.resolve(name))) {
        throw new IllegalArgumentException("SCRATCH must be empty: it has " + name);
      }
    }
    try (Model<Prediction> model = model(NETWORK)) {
      model.fit(mnist.train().take(10_000), FitOptions.epochs(1).batchSize(BATCH));
      model.save(scratch.resolve("model"));
      model.exportKeras(scratch.resolve("model.keras"));
    }
    table(mnist.test(), COPIES).write().parquet(scratch.resolve("pictures.parquet").toString());
    table(mnist.train(), 1).write().parquet(scratch.resolve("training.parquet").toString());
    table(mnist.test(), 1).write().parquet(scratch.resolve("test.parquet").toString());
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
                      Map.of(model.inputShapes().keySet().iterator().next(), values))
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

  private DataSet test() throws IOException {
    List<Row> rows =
        spark.read().parquet(scratch.resolve("test.parquet").toString()).collectAsList();
    byte[] pixels = new byte[rows.size() * 784];
    for (int i = 0; i < rows.size(); i++) {
      byte[] image = PictureFormat.asTheyAre().decode(rows.get(i).<byte[]>getAs(0)).pixels();
      System.arraycopy(image, 0, pixels, i * 784, 784);
    }
    return DataSet.of(pixels, rows.stream().mapToInt(row -> row.getInt(1)).toArray(), IMAGE, CLASSES);
  }

  /** Notes when epochs end. */
  private static final class Clock implements TrainingListener {
    private final long began = System.nanoTime();
    private final List<String> epochs = new ArrayList<>();

    @Override
    public void epochEnd(Training training, EpochResult result) {
      epochs.add(
          epoch((System.nanoTime() - began) / 1e9, result.validation().orElseThrow().accuracy()));
    }
  }

  private static String epoch(double seconds, double accuracy) {
    return String.format(Locale.ROOT, "%.1f s %.4f", seconds, accuracy);
  }

  private void trainAlone(DataSets mnist, int batch, int seed, int epochs) throws IOException {
    long began = System.nanoTime();
    Clock clock = new Clock();
    try (Model<Prediction> model = model(NETWORK, seed, SessionOptions.standard())) {
      model.fit(
          mnist.train(),
          FitOptions.epochs(epochs).batchSize(batch).validationShare(HELD_OUT),
          clock);
      long ended = System.nanoTime();
      double accuracy = model.evaluate(mnist.test()).accuracy();
      print(
          "train without Spark, batches of %d, seed %d".formatted(batch, seed),
          "1", "", began + (System.nanoTime() - ended), (long) epochs * mnist.train().size() * 10 / 11,
          accuracy, "");
    }
    System.out.println("epochs\t" + clock.epochs);
  }

  /** Prints how long a step takes with some threads. */
  private void stepsAlone(DataSets mnist, int threads) {
    SessionOptions session = SessionOptions.standard().intraOpThreads(threads);
    try (Model<Prediction> model = model(NETWORK, 1, session)) {
      model.fit(mnist.train().take(100 * BATCH), FitOptions.epochs(1).batchSize(BATCH));
      long began = System.nanoTime();
      model.fit(mnist.train().take(400 * BATCH), FitOptions.epochs(1).batchSize(BATCH));
      System.out.printf(
          Locale.ROOT,
          "step without Spark, %d threads\t%.4f s%n",
          threads,
          (System.nanoTime() - began) / 400e9);
    }
  }

  private ImageClassifier classifier(int shards, int steps, int batch, int epochs, Network network) {
    return new ImageClassifier()
        .setNetwork(network)
        .setShards(shards)
        .setStepsPerRound(steps)
        .setBatchSize(batch)
        .setEpochs(epochs)
        .setSeed(1);
  }

  private Dataset<Row> training() {
    return spark.read().parquet(scratch.resolve("training.parquet").toString());
  }

  private void train(String averaging, int shards, int steps, int seed, int epochs) throws IOException {
    long bytes = loopbackBytes();
    long began = System.nanoTime();
    ImageModel trained =
        classifier(shards, steps, BATCH, epochs, NETWORK)
            .setAveraging(averaging)
            .setValidationShare(HELD_OUT)
            .setSeed(seed)
            .fit(training());
    long ended = System.nanoTime();
    long moved = loopbackBytes() - bytes;
    int examples = training().count() > 0 ? (int) (training().count() * 10 / 11) : 0;
    long rounds = (long) epochs * rounds(examples, shards, steps);
    try (Model<Prediction> model = trained.toModel()) {
      double accuracy = model.evaluate(test()).accuracy();
      print(
          "train, %s, seed %d".formatted(averaging, seed), String.valueOf(shards), String.valueOf(steps),
          began + (System.nanoTime() - ended), (long) epochs * examples, accuracy,
          String.valueOf(moved / rounds));
    }
    double seconds = 0;
    List<String> lines = new ArrayList<>();
    double before = (ended - began) / 1e9 - trained.epochs().stream().mapToDouble(TrainedEpoch::seconds).sum();
    for (TrainedEpoch epoch : trained.epochs()) {
      seconds += epoch.seconds();
      lines.add(epoch(before + seconds, epoch.validation().orElseThrow().accuracy()));
    }
    System.out.println("epochs\t" + lines);
  }

  private static int rounds(int examples, int shards, int steps) {
    int perShard = (examples + shards - 1) / shards;
    return ((perShard + BATCH - 1) / BATCH + steps - 1) / steps;
  }

  /** Returns how many bytes processes of this machine have sent each other. */
  private static long loopbackBytes() throws IOException {
    return Long.parseLong(
        Files.readString(Path.of("/sys/class/net/lo/statistics/tx_bytes")).strip());
  }

  /** Prints how long a round of some steps takes. */
  private void rounds(String averaging, int shards, int steps) throws IOException {
    int examples = 12_000 * shards;
    Dataset<Row> table = training().union(training()).limit(examples).cache();
    ImageModel trained = classifier(shards, steps, BATCH, 2, NETWORK).setAveraging(averaging).fit(table);
    List<Double> rounds =
        trained.epochs().stream()
            .map(epoch -> epoch.seconds() / rounds(examples, shards, steps))
            .toList();
    System.out.printf(
        Locale.ROOT,
        "round, %s\t%s\t%d\t%d\t%.3f s (first epoch %.3f s)%n",
        averaging,
        spark.sparkContext().master(),
        shards,
        steps,
        rounds.get(1),
        rounds.get(0));
  }

  /** Prints how long a round takes that hardly trains: a step with one example. */
  private void averages(String averaging, int units) throws IOException {
    Network network = UsualNetwork.of(IMAGE, CLASSES, units);
    int perEpoch = 20;
    for (int shards : new int[] {1, 2, 4}) {
      Dataset<Row> table = training().limit(perEpoch * shards).cache();
      long bytes = loopbackBytes();
      ImageModel trained = classifier(shards, 1, 1, 3, network).setAveraging(averaging).fit(table);
      long moved = (loopbackBytes() - bytes) / (3 * perEpoch);
      System.out.printf(
          Locale.ROOT,
          "average, %s\t%s\t%d shards\t%d units\t%.3f s a round\t%d bytes a round%n",
          averaging,
          spark.sparkContext().master(),
          shards,
          units,
          (trained.epochs().get(1).seconds() + trained.epochs().get(2).seconds()) / (2 * perEpoch),
          moved);
    }
  }
}
