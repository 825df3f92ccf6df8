package io.github.convnet4j.spark;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Training on the shards of a table. */
class ImageClassifierTest {
  private static final int COUNT = 400;

  /** Tasks that a test let fail. Tasks run in this JVM. */
  private static final AtomicInteger FAILED = new AtomicInteger();

  private static SparkSession spark;
  private static Dataset<Row> digits;

  @BeforeAll
  static void start() {
    spark = Digits.local(2);
    digits = Digits.table(spark, Digits.TRAIN, COUNT, 3).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static ImageClassifier classifier() {
    return new ImageClassifier()
        .setNetwork(Digits.NETWORK)
        .setShards(2)
        .setBatchSize(20)
        .setEpochs(1)
        .setStepsPerRound(4)
        .setSeed(5);
  }

  private static Weights weights(ImageModel trained) {
    try (Model<Prediction> model = trained.toModel()) {
      return model.weights();
    }
  }

  private static double accuracy(ImageModel trained) {
    try (Model<Prediction> model = trained.toModel()) {
      return model.evaluate(Digits.TEST).accuracy();
    }
  }

  private static JavaRDD<Shard> shards(JavaSparkContext context, long seed, int count) {
    Census census = new Census(0);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Example example = Example.of(Digits.TRAIN.image(i), Digits.TRAIN.label(i), seed);
      examples.add(example);
      census.add(example);
    }
    return Shard.of(context.parallelize(examples, 3), census.shards(count), 0);
  }

  /** The examples of the shards, as arrays. */
  private static List<DataSet> shards(long seed, int count) {
    return shards(JavaSparkContext.fromSparkContext(spark.sparkContext()), seed, count)
        .collect()
        .stream()
        .map(
            shard -> {
              Source source = shard.training(shard.size(), Shape.of(28, 28, 1), 10);
              List<Integer> labels = new ArrayList<>();
              float[] pixels = new float[shard.size() * 784];
              for (int i = 0; i < shard.size(); i++) {
                var example = source.read(i);
                System.arraycopy(example.input(), 0, pixels, i * 784, 784);
                for (int c = 0; c < 10; c++) {
                  if (example.target()[c] == 1) {
                    labels.add(c);
                  }
                }
              }
              return DataSet.of(
                  pixels, labels.stream().mapToInt(i -> i).toArray(), Shape.of(28, 28, 1), 10);
            })
        .toList();
  }

  @Test
  void oneStepPerRoundWithSgdEqualsOneMachine() {
    ImageModel trained =
        classifier()
            .setOptimizer("sgd")
            .setLearningRate(0.1)
            .setStepsPerRound(1)
            .setEpochs(2)
            .fit(digits);

    List<DataSet> shards = shards(5, 2);
    int size = Math.max(shards.get(0).size(), shards.get(1).size());
    try (Model<Prediction> one =
        Model.of(
            Digits.NETWORK, Tasks.classification(), Optimizers.sgd(0.1), ModelOptions.seed(5))) {
      EpochOrder orders = EpochOrder.of(size, 5);
      for (int epoch = 0; epoch < 2; epoch++) {
        int[] order = orders.next();
        for (int from = 0; from < size; from += 20) {
          int[] positions = Arrays.copyOfRange(order, from, Math.min(size, from + 20));
          Source batch =
              shards
                  .get(0)
                  .select(within(positions, shards.get(0).size()))
                  .concat(shards.get(1).select(within(positions, shards.get(1).size())));
          one.fit(batch, FitOptions.epochs(1).batchSize(batch.size()));
        }
      }
      Weights expected = one.weights();
      Weights actual = weights(trained);
      for (String name : expected.names()) {
        assertArrayEquals(expected.values(name), actual.values(name), 2e-6f, name);
      }
    }
  }

  private static int[] within(int[] positions, int size) {
    return Arrays.stream(positions).map(i -> i % size).toArray();
  }

  @Test
  void learnsDigitsAndReportsEachEpoch() {
    ImageModel trained =
        classifier().setEpochs(8).setLearningRate(0.01).setValidationShare(0.2).fit(digits);

    assertTrue(accuracy(trained) > 0.75, () -> "accuracy " + accuracy(trained));
    assertEquals(8, trained.epochs().size());
    TrainedEpoch first = trained.epochs().get(0);
    TrainedEpoch last = trained.epochs().get(7);
    assertTrue(last.cost() < first.cost());
    assertTrue(
        last.validation().orElseThrow().accuracy() > first.validation().orElseThrow().accuracy());
    assertEquals(COUNT, trained.transform(digits).filter("prediction.class is not null").count());
  }

  @Test
  void thePartitionsOfTheTableDoNotMatter() {
    Weights expected = weights(classifier().fit(digits));
    assertEquals(expected, weights(classifier().fit(digits.orderBy("label").coalesce(1))));
    assertEquals(expected, weights(classifier().fit(digits.repartition(7))));
  }

  @Test
  void resumesFromTheLastRound(@TempDir Path folder) throws IOException {
    Weights expected = weights(classifier().setEpochs(3).setValidationShare(0.2).fit(digits));
    ImageClassifier saved =
        classifier().setValidationShare(0.2).setCheckpointDir(folder.toUri().toString());
    saved.setEpochs(2).fit(digits);
    // As if the driver had been stopped between two rounds of the second epoch, and the newest of
    // its files were cut off.
    List<Path> files = rounds(folder);
    assertEquals(2, files.size());
    Files.write(files.get(1), Arrays.copyOf(Files.readAllBytes(files.get(1)), 1000));

    ImageModel resumed = saved.setEpochs(3).fit(digits);

    assertEquals(expected, weights(resumed));
    assertEquals(3, resumed.epochs().size());
    assertEquals(expected, weights(saved.fit(digits))); // There is nothing left to do.
    String fault =
        assertThrows(StoreException.class, () -> saved.setBatchSize(10).fit(digits)).getMessage();
    assertTrue(fault.contains("checkpointDir") && fault.contains("batch size 10"), fault);
  }

  private static List<Path> rounds(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("round-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aTreeOfMeansGivesTheSameButForRounding() {
    ImageClassifier four =
        classifier().setShards(5).setBatchSize(10).setOptimizer("momentum").setLearningRate(0.05);
    Weights flat = weights(four.fit(digits));
    Weights tree = weights(four.setFanIn(2).fit(digits));
    for (String name : flat.names()) {
      assertArrayEquals(flat.values(name), tree.values(name), 1e-5f);
    }
    assertEquals(tree, weights(four.fit(digits)));
  }

  @Test
  void aRingOfTasksGivesTheSameButForRounding() {
    ImageClassifier rounds =
        classifier().setStepsPerRound(3).setOptimizer("momentum").setLearningRate(0.05);
    ImageModel tree = rounds.fit(digits);
    ImageModel ring = rounds.setAveraging("ring").fit(digits);
    Weights expected = weights(tree);
    Weights actual = weights(ring);
    for (String name : expected.names()) {
      assertArrayEquals(expected.values(name), actual.values(name), 1e-5f);
    }
    assertEquals(tree.epochs().get(0).cost(), ring.epochs().get(0).cost(), 1e-5);
    assertEquals(actual, weights(rounds.fit(digits.repartition(7))));
    // One task is a ring, too.
    assertEquals(
        weights(rounds.setShards(1).fit(digits)), weights(rounds.setAveraging("tree").fit(digits)));
  }

  @Test
  void aRingStartsAgainIfOneOfItsTasksFails() {
    SavedNetwork network;
    Variables start;
    try (Model<Prediction> model =
        Model.of(Digits.NETWORK, Tasks.classification(), Optimizers.adam(0.01))) {
      network = SavedNetwork.of(model);
      start = new Variables(model.snapshot().progressToBytes(), model.snapshot().variables());
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Round round =
        new Round(
            context.broadcast(network),
            network.hash(),
            context.broadcast(start),
            new Round.Options(COUNT / 2, 20, 1, 5, true));
    JavaRDD<Shard> shards = shards(context, 5, 2).cache();
    Round.Learned expected = round.trainInRing(shards, 6, 3);
    FAILED.set(0);
    Round.Learned actual =
        round.trainInRing(
            shards.map(
                shard -> {
                  if (shard.index() == 1 && TaskContext.get().stageAttemptNumber() == 0) {
                    FAILED.incrementAndGet();
                    throw new IllegalStateException("the first attempt fails");
                  }
                  return shard;
                }),
            6,
            3);
    assertEquals(1, FAILED.get());
    assertEquals(expected.cost(), actual.cost());
    assertEquals(expected.mean().values().keySet(), actual.mean().values().keySet());
    expected
        .mean()
        .values()
        .forEach((name, values) -> assertArrayEquals(values, actual.mean().values().get(name)));
  }

  @Test
  void aRingResumesAfterAnEpoch(@TempDir Path folder) throws IOException {
    ImageClassifier ring =
        classifier().setAveraging("ring").setAverageOptimizer(false).setValidationShare(0.2);
    Weights expected = weights(ring.setEpochs(3).fit(digits));
    ring.setCheckpointDir(folder.toUri().toString()).setEpochs(1).fit(digits);
    assertEquals(1, rounds(folder).size());
    assertEquals(expected, weights(ring.setEpochs(3).fit(digits)));
    String fault =
        assertThrows(StoreException.class, () -> ring.setAveraging("tree").fit(digits))
            .getMessage();
    assertTrue(fault.contains("(averaging ring)") && fault.contains("(averaging tree)"), fault);
  }

  @Test
  void aRingNeedsAllItsTasksAtTheSameTimeAndExamplesForEach() {
    ImageClassifier ring = classifier().setAveraging("ring");
    String fault =
        assertThrows(IllegalArgumentException.class, () -> ring.setShards(3).fit(digits))
            .getMessage();
    assertTrue(fault.contains("shards") && fault.contains("at most 2"), fault);
    assertThrows(IllegalArgumentException.class, () -> ring.setAveraging("star"));
    // As PySpark sets it.
    assertThrows(IllegalArgumentException.class, () -> ring.set(ring.averaging(), "star"));
  }

  @Test
  void theOptimizersStateNeedNotBeAveraged() {
    ImageClassifier averaged = classifier().setLearningRate(0.01).setEpochs(4);
    ImageModel separate =
        averaged.copy(averaged.extractParamMap()).setAverageOptimizer(false).fit(digits);
    assertTrue(accuracy(separate) > 0.6, () -> "accuracy " + accuracy(separate));
    assertTrue(!weights(separate).equals(weights(averaged.fit(digits))));
  }

  @Test
  void stopsEarlyWithTheBestWeights() {
    ImageModel trained =
        classifier()
            .setOptimizer("sgd")
            .setLearningRate(3) // Much too high, so that the loss jumps.
            .setEpochs(30)
            .setValidationShare(0.2)
            .setPatience(2)
            .fit(digits);
    List<Double> losses =
        trained.epochs().stream().map(epoch -> epoch.validation().orElseThrow().loss()).toList();
    int epochs = losses.size();
    assertTrue(epochs < 30, losses::toString);
    assertEquals(epochs - 3, losses.indexOf(losses.stream().min(Double::compare).orElseThrow()));
  }

  @Test
  void namesOfClassesAreLabels() {
    Dataset<Row> named =
        digits
            .filter("label < 3")
            .withColumn(
                "label", functions.expr("element_at(array('zero', 'one', 'two'), label + 1)"));
    ImageModel trained =
        classifier()
            .setNetwork(Network.of(Shape.of(28, 28, 1), flatten(), dense(3)))
            .setEpochs(5)
            .setLearningRate(0.01)
            .fit(named);
    assertEquals(List.of("one", "two", "zero"), trained.classNames());
    long right = trained.transform(named).filter("label = prediction.class").count();
    assertTrue(right > 0.9 * named.count(), () -> right + " of " + named.count());
  }

  @Test
  void rowsThatCannotBeUsedAreNamedOrLeftOut() {
    Dataset<Row> bad =
        spark.createDataFrame(
            List.of(
                RowFactory.create(new byte[] {1}, 1),
                RowFactory.create(Digits.png(Digits.TRAIN, 0), 10),
                RowFactory.create(Digits.png(Digits.TRAIN, 0), null)),
            digits.select("content", "label").schema());
    Dataset<Row> all = digits.select("content", "label").union(bad);
    String fault =
        assertThrows(IllegalStateException.class, () -> classifier().fit(all)).getMessage();
    assertTrue(fault.contains("3 rows") && fault.contains("from 0 to 9: 10"), fault);
    assertEquals(
        weights(classifier().fit(digits)), weights(classifier().setSkipBadRows(true).fit(all)));
  }

  @Test
  void startsFromASavedModelAndIsAStageOfAPipeline(@TempDir Path folder) throws IOException {
    double before;
    try (Model<Prediction> model = Digits.trained()) {
      before = model.evaluate(Digits.TEST).accuracy();
      model.save(folder.resolve("start"));
    }
    ImageClassifier estimator =
        classifier().setNetwork("").setStartModel(folder.resolve("start").toString());
    estimator.save(folder.resolve("estimator").toString());
    ImageClassifier loaded = ImageClassifier.load(folder.resolve("estimator").toString());
    assertEquals(20, loaded.getBatchSize());
    var pipeline = new Pipeline().setStages(new PipelineStage[] {loaded}).fit(digits);
    ImageModel trained = (ImageModel) pipeline.stages()[0];
    assertTrue(accuracy(trained) > before - 0.05, () -> "before " + before);
    assertEquals(weights(estimator.fit(digits)), weights(trained));
  }

  @Test
  void wrongSettingsAreNamed() {
    for (String part : List.of("network", "startModel")) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> new ImageClassifier().fit(digits))
              .getMessage()
              .contains(part));
    }
    assertThrows(IllegalArgumentException.class, () -> classifier().setBatchSize(0));
    assertThrows(IllegalArgumentException.class, () -> classifier().setOptimizer("lion"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> classifier().setPatience(1).fit(digits))
            .getMessage()
            .contains("validationShare"));
    for (ImageClassifier wrong :
        List.of(classifier().setLabelCol("class"), classifier().setLabelCol("content"))) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> wrong.fit(digits))
              .getMessage()
              .contains("labelCol"));
    }
  }

  @Test
  void divergingTrainingStopsWithAReason() {
    String fault =
        assertThrows(
                IllegalStateException.class,
                () ->
                    classifier()
                        .setOptimizer("sgd")
                        .setLearningRate(1e30)
                        .setEpochs(20)
                        .fit(digits))
            .getMessage();
    assertTrue(fault.contains("learning rate") && fault.contains("1.0E30"), fault);
  }

  @Test
  void moreShardsThanExamplesAreReduced() {
    Dataset<Row> few =
        digits
            .filter("id < 3")
            .withColumn("label", functions.col("label").cast(DataTypes.DoubleType));
    assertEquals(1, classifier().setShards(8).fit(few).epochs().size());
  }
}
