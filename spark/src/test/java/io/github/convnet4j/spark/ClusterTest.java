package io.github.convnet4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.Weights;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Executors in JVMs of their own, which are killed or run out of memory in the middle of a job. */
@Tag("cluster")
@EnabledIfEnvironmentVariable(named = "SPARK_HOME", matches = ".+")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterTest {
  /** What the executors need besides Spark's jars. */
  private static final List<String> OURS =
      List.of("convnet4j", "tensorflow", "ndarray", "javacpp", "protobuf-java", "ejml");

  private static SparkSession spark;
  private static Dataset<Row> digits;

  @BeforeAll
  static void start() {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(ClusterTest::isOurs)
            .collect(Collectors.joining(File.pathSeparator));
    spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .config("spark.executor.memory", "1g")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.executor.extraClassPath", classPath)
            .getOrCreate();
    digits = Digits.table(spark, Digits.TRAIN, 400, 20).cache();
  }

  private static boolean isOurs(String entry) {
    Path path = Path.of(entry);
    return Files.isDirectory(path)
        || OURS.stream().anyMatch(name -> path.getFileName().toString().startsWith(name));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Kills an executor when some tasks have ended. */
  private static final class Killer extends SparkListener {
    private final AtomicInteger left;
    private volatile Optional<Long> killed = Optional.empty();

    Killer(int tasks) {
      this.left = new AtomicInteger(tasks);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd taskEnd) {
      if (left.decrementAndGet() == 0) {
        ProcessHandle executor = executors().get(0);
        killed = Optional.of(executor.pid());
        executor.destroyForcibly();
      }
    }
  }

  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(argument -> argument.endsWith("CoarseGrainedExecutorBackend")))
        .toList();
  }

  private static <T> T killingAnExecutorAfter(int tasks, Supplier<T> job) {
    assertTrue(executors().size() > 0);
    Killer killer = new Killer(tasks);
    spark.sparkContext().addSparkListener(killer);
    try {
      T result = job.get();
      assertTrue(killer.killed.isPresent());
      assertTrue(ProcessHandle.of(killer.killed.get()).filter(ProcessHandle::isAlive).isEmpty());
      return result;
    } finally {
      spark.sparkContext().removeSparkListener(killer);
    }
  }

  @Test
  void scoringSurvivesAKilledExecutor() {
    try (Model<Prediction> model = Digits.trained()) {
      ImageModel scorer = ImageModel.of(model);
      List<Row> expected = predictions(scorer, digits);
      assertEquals(expected, killingAnExecutorAfter(6, () -> predictions(scorer, digits)));
      assertEquals(400, expected.size());
    }
  }

  private static List<Row> predictions(ImageModel scorer, Dataset<Row> table) {
    return scorer
        .transform(table)
        .selectExpr("id", "prediction.index", "prediction.probability")
        .sort("id")
        .collectAsList();
  }

  @Test
  void trainingSurvivesAKilledExecutor(@TempDir Path folder) {
    Weights expected = train("");
    assertEquals(expected, killingAnExecutorAfter(50, () -> train(folder.toUri().toString())));
  }

  @Test
  void aRingSurvivesAKilledExecutor() {
    ImageClassifier ring = classifier("").setAveraging("ring").setEpochs(8);
    Weights expected = weights(ring.fit(digits));
    assertEquals(expected, killingAnExecutorAfter(50, () -> weights(ring.fit(digits))));
  }

  /** Fills the heap once: the first task to find the folder empty runs out of memory. */
  private static Dataset<Row> runningOutOfMemoryOnce(Path folder) {
    String mark = folder.resolve("filled").toString();
    return digits.mapPartitions(
        (MapPartitionsFunction<Row, Row>)
            rows -> {
              if (Files.notExists(Path.of(mark))) {
                Files.createFile(Path.of(mark));
                long[] tooLarge = new long[1 << 28]; // Twice the heap.
                throw new IllegalStateException("there is room for " + tooLarge.length);
              }
              return rows;
            },
        Encoders.row(digits.schema()));
  }

  @Test
  void aTaskThatRunsOutOfMemoryIsRunAgain(@TempDir Path scoring, @TempDir Path training) {
    try (Model<Prediction> model = Digits.trained()) {
      ImageModel scorer = ImageModel.of(model);
      assertEquals(
          predictions(scorer, digits), predictions(scorer, runningOutOfMemoryOnce(scoring)));
    }
    assertTrue(Files.exists(scoring.resolve("filled")));
    assertEquals(train("", digits), train("", runningOutOfMemoryOnce(training)));
    assertTrue(Files.exists(training.resolve("filled")));
  }

  @Test
  void aBatchThatNeverFitsEndsTheJobWithAReason() {
    try (Model<Prediction> model = Digits.trained()) {
      // Rows that have nothing are small, but the batch has room for all their images: 1.5 GB.
      ImageModel scorer = ImageModel.of(model).setInputCol("values").setBatchSize(10_000_000);
      Dataset<Row> many =
          spark.range(0, 500_000, 1, 1).selectExpr("cast(null as array<float>) as values");
      String fault =
          assertThrows(
                  Exception.class,
                  () -> scorer.transform(many).selectExpr("max(prediction.index)").collectAsList())
              .toString();
      assertTrue(fault.contains("OutOfMemory") || fault.contains("code 52"), fault);
    }
    assertEquals(400, digits.count()); // The executors are there again.
  }

  private static Weights train(String checkpoints) {
    return train(checkpoints, digits);
  }

  private static Weights train(String checkpoints, Dataset<Row> table) {
    return weights(classifier(checkpoints).fit(table));
  }

  private static ImageClassifier classifier(String checkpoints) {
    return new ImageClassifier()
        .setNetwork(Digits.NETWORK)
        .setShards(2)
        .setBatchSize(10)
        .setStepsPerRound(3)
        .setEpochs(3)
        .setValidationShare(0.1)
        .setCheckpointDir(checkpoints);
  }

  private static Weights weights(ImageModel trained) {
    try (Model<Prediction> model = trained.toModel()) {
      return model.weights();
    }
  }
}
