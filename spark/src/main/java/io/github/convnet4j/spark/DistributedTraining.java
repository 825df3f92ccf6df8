package io.github.convnet4j.spark;

import io.github.convnet4j.spark.RoundCheckpoints.State;
import io.github.convnet4j.spark.TrainedEpoch.Validation;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** One call of {@link ImageClassifier#fit}: divides the examples, and trains round after round. */
final class DistributedTraining {
  private static final System.Logger LOG = System.getLogger("io.github.convnet4j.spark");

  private final ImageClassifier settings;
  private final Dataset<Row> table;
  private final Model<Prediction> model;
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final Consumer<TrainedEpoch> epochEnd;

  /**
   * @param table the images and the labels
   * @param model the untrained model, or the one to start from; in the end it has been trained
   * @param epochEnd is called after each epoch
   */
  DistributedTraining(
      ImageClassifier settings,
      Dataset<Row> table,
      Model<Prediction> model,
      Consumer<TrainedEpoch> epochEnd) {
    this.settings = settings;
    this.table = table;
    this.model = model;
    this.spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    this.hadoop = table.sparkSession().sessionState().newHadoopConf();
    this.epochEnd = epochEnd;
  }

  /** The examples in memory, and what is known about them. */
  private record Divided(JavaRDD<Shard> shards, Census census, List<Integer> sizes)
      implements AutoCloseable {
    int largest() {
      return Collections.max(sizes);
    }

    @Override
    public void close() {
      shards.unpersist(false);
    }
  }

  ImageModel run() {
    Snapshot initial = model.snapshot();
    SavedNetwork untrained = SavedNetwork.of(model);
    Broadcast<SavedNetwork> network = spark.broadcast(untrained);
    try (Divided examples = divide(network, untrained.hash())) {
      if (isRing()) {
        checkRing(examples.sizes());
      }
      Run run = new Run(network, untrained.hash(), examples, initial);
      run.train();
      finish(initial, run.result());
      return new ImageModel(ImageModel.newUid(), SavedNetwork.of(model), run.state.epochs());
    } finally {
      network.unpersist(false);
      TrainingModels.closeIdle();
    }
  }

  /** Gives the model the variables that training has led to. */
  private void finish(Snapshot initial, Variables result) {
    Map<String, float[]> variables = new LinkedHashMap<>(initial.variables());
    variables.putAll(result.values());
    model.restore(model.snapshot(result.progress(), variables));
  }

  private Divided divide(Broadcast<SavedNetwork> network, String hash) {
    ReadExamples read =
        new ReadExamples(
            network,
            hash,
            ImageInput.of(table.schema(), "inputCol", settings.getInputCol()),
            model.classNames(),
            settings.getSeed());
    double share = settings.getValidationShare();
    JavaRDD<Example> examples =
        table.toJavaRDD().mapPartitions(read).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Census census = examples.treeAggregate(new Census(share), Census::add, Census::add);
      check(census);
      int wanted = settings.getShards() > 0 ? settings.getShards() : spark.defaultParallelism();
      JavaRDD<Shard> shards =
          Shard.of(examples, census.shards((int) Math.min(wanted, census.training())), share)
              .persist(StorageLevel.MEMORY_AND_DISK());
      return new Divided(shards, census, shards.map(Shard::size).collect());
    } finally {
      examples.unpersist(false);
    }
  }

  private boolean isRing() {
    return settings.getAveraging().equals(ImageClassifier.RING);
  }

  private void checkRing(List<Integer> sizes) {
    SparkContext context = spark.sc();
    int atOnce =
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    // A cluster may still get more executors: Spark waits for them.
    if (context.isLocal() && sizes.size() > atOnce) {
      throw new IllegalArgumentException(
          "shards must be at most %d, as many tasks as run at the same time, if averaging is ring: %d"
              .formatted(atOnce, sizes.size()));
    }
    if (Collections.min(sizes) == 0) {
      throw new IllegalArgumentException(
          "shards must be few enough that each has examples if averaging is ring: %d, of the sizes %s"
              .formatted(sizes.size(), sizes));
    }
  }

  private void check(Census census) {
    if (census.bad() > 0 && !settings.getSkipBadRows()) {
      throw new IllegalStateException(
          "%d rows cannot be used (setSkipBadRows(true) leaves them out):%n  %s"
              .formatted(census.bad(), census.reasons()));
    }
    if (census.bad() > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} rows are left out:\n  {1}",
          census.bad(),
          census.reasons());
    }
    if (census.training() == 0) {
      throw new IllegalStateException(
          "the table must have examples to train on: %d of its rows can be used"
              .formatted(census.validation()));
    }
    if (settings.getValidationShare() > 0 && census.validation() == 0) {
      throw new IllegalStateException(
          "validationShare must be large enough for one of %d examples: %s"
              .formatted(census.training(), settings.getValidationShare()));
    }
    if (settings.getPatience() > 0 && census.validation() == 0) {
      throw new IllegalArgumentException(
          "validationShare must be above 0 if patience is set: " + settings.getValidationShare());
    }
  }

  /** The rounds, and the state between them. */
  private final class Run {
    private final Broadcast<SavedNetwork> network;
    private final String hash;
    private final Divided examples;
    private final Round.Options options;
    private final Optional<RoundCheckpoints> checkpoints;
    private State state;
    private long epochBegan = System.nanoTime();

    Run(Broadcast<SavedNetwork> network, String hash, Divided examples, Snapshot initial) {
      this.network = network;
      this.hash = hash;
      this.examples = examples;
      this.options =
          new Round.Options(
              examples.largest(),
              settings.getBatchSize(),
              model.epochsTrained() + settings.getEpochs(),
              (int) settings.getSeed(),
              settings.getAverageOptimizer());
      this.checkpoints =
          settings.getCheckpointDir().isEmpty()
              ? Optional.empty()
              : Optional.of(new RoundCheckpoints(settings.getCheckpointDir(), hadoop));
      String fingerprint = fingerprint();
      Variables start = new Variables(initial.progressToBytes(), initial.variables());
      Optional<State> saved = checkpoints.flatMap(folder -> folder.load(fingerprint));
      saved.ifPresent(
          found ->
              LOG.log(
                  System.Logger.Level.INFO,
                  "resumes after round {0}, with {1} of {2} epochs complete",
                  String.valueOf(found.rounds()),
                  String.valueOf(found.epochs().size()),
                  String.valueOf(settings.getEpochs())));
      this.state =
          saved.orElse(new State(fingerprint, 0, 0, 0, 0, List.of(), start, Optional.empty()));
    }

    /** Returns what the weights depend on. The number of epochs may be raised to go on. */
    private String fingerprint() {
      return "network %s, %s, %d shards of %d, batch size %d, %d steps per round, average optimizer %s, fan-in %d, patience %d, seed %d, averaging %s"
          .formatted(
              hash.substring(0, 12),
              examples.census().fingerprint(),
              examples.shards().getNumPartitions(),
              options.shardSize(),
              options.batchSize(),
              settings.getStepsPerRound(),
              options.withOptimizer(),
              settings.getFanIn(),
              settings.getPatience(),
              settings.getSeed(),
              settings.getAveraging());
    }

    void train() {
      while (state.epochs().size() < settings.getEpochs() && !isStopped()) {
        Broadcast<Variables> start = spark.broadcast(state.current());
        try {
          state = after(new Round(network, hash, start, options));
        } finally {
          start.destroy();
        }
        if (state.steps() == options.stepsPerEpoch()) {
          finishEpoch();
        }
        checkpoints.ifPresent(saved -> saved.save(state));
      }
    }

    private State after(Round round) {
      int left = options.stepsPerEpoch() - state.steps();
      int perRound = settings.getStepsPerRound();
      int steps = isRing() ? left : Math.min(perRound, left);
      Round.Learned learned =
          isRing()
              ? round.trainInRing(examples.shards(), steps, perRound)
              : round.train(examples.shards(), steps, settings.getFanIn());
      int rounds = state.rounds() + (steps - 1) / perRound + 1;
      if (!learned.mean().isFinite()) {
        throw new IllegalStateException(
            "a weight is no longer finite after round %d: use a lower learning rate than %s"
                .formatted(rounds, settings.getLearningRate()));
      }
      return new State(
          state.settings(),
          rounds,
          state.steps() + steps,
          state.examples() + learned.examples(),
          state.cost() + learned.cost(),
          state.epochs(),
          learned.mean(),
          state.best());
    }

    private void finishEpoch() {
      Optional<Validation> validation = validate();
      double seconds = (System.nanoTime() - epochBegan) / 1e9;
      epochBegan = System.nanoTime();
      TrainedEpoch result =
          new TrainedEpoch(
              state.epochs().size() + 1, state.cost() / state.examples(), validation, seconds);
      epochEnd.accept(result);
      List<TrainedEpoch> epochs = new ArrayList<>(state.epochs());
      epochs.add(result);
      Optional<Variables> best =
          settings.getPatience() > 0 && sinceBest(epochs) == 0
              ? Optional.of(state.current())
              : state.best();
      state = new State(state.settings(), state.rounds(), 0, 0, 0, epochs, state.current(), best);
    }

    private Optional<Validation> validate() {
      if (examples.census().validation() == 0) {
        return Optional.empty();
      }
      Broadcast<Variables> trained = spark.broadcast(state.current());
      try {
        return Optional.of(new Round(network, hash, trained, options).validate(examples.shards()));
      } finally {
        trained.destroy();
      }
    }

    private boolean isStopped() {
      return settings.getPatience() > 0 && sinceBest(state.epochs()) >= settings.getPatience();
    }

    /** Returns the number of epochs after the one with the lowest validation loss. */
    private static int sinceBest(List<TrainedEpoch> epochs) {
      double lowest = Double.POSITIVE_INFINITY;
      int best = -1;
      for (int i = 0; i < epochs.size(); i++) {
        double loss = epochs.get(i).validation().orElseThrow().loss();
        if (loss < lowest) {
          lowest = loss;
          best = i;
        }
      }
      return epochs.size() - 1 - best;
    }

    Variables result() {
      return state.best().orElse(state.current());
    }
  }
}
