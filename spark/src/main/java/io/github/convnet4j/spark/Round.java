package io.github.convnet4j.spark;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.spark.TrainingModels.Trainer;
import io.github.convnet4j.spark.Variables.Weighted;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.tensorflow.ndarray.Shape;
import scala.Function1;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * A round of training: each task trains for some steps on its shard, all from the same variables,
 * of which then the means are taken. A task that is run again gives the same result.
 *
 * @param network the untrained network, on the way to the executors
 * @param hash its hash
 * @param start the variables that all tasks start from
 * @param options how a task trains
 */
record Round(
    Broadcast<SavedNetwork> network, String hash, Broadcast<Variables> start, Options options)
    implements Serializable {
  /**
   * How a task trains.
   *
   * @param shardSize examples of the largest shard
   * @param batchSize examples per step and shard
   * @param epochs epochs in all
   * @param shuffleSeed seed of the order in each epoch
   * @param withOptimizer whether the optimizer's state is averaged, too
   */
  record Options(int shardSize, int batchSize, int epochs, int shuffleSeed, boolean withOptimizer)
      implements Serializable {
    /** Returns the number of steps of an epoch, the same in all shards. */
    int stepsPerEpoch() {
      return (shardSize - 1) / batchSize + 1;
    }
  }

  /**
   * What tasks have learned.
   *
   * @param index number of the first shard
   * @param examples how many examples they trained on
   * @param cost sum of the examples' costs
   * @param mean mean of the variables
   */
  record Learned(int index, long examples, double cost, Variables mean) implements Serializable {
    /** Returns the mean, in the order of the shards. */
    static Learned mean(List<Learned> parts) {
      List<Learned> inOrder = new ArrayList<>(parts);
      inOrder.sort(Comparator.comparingInt(Learned::index));
      return new Learned(
          inOrder.get(0).index,
          inOrder.stream().mapToLong(Learned::examples).sum(),
          inOrder.stream().mapToDouble(Learned::cost).sum(),
          Variables.mean(
              inOrder.stream().map(part -> new Weighted(part.mean, part.examples)).toList()));
    }
  }

  /** Sums the costs of a task's steps. */
  private static final class Costs implements TrainingListener {
    private long examples;
    private double sum;

    @Override
    public void batchEnd(Training training, BatchResult result) {
      examples += result.size();
      sum += result.size() * result.cost();
    }
  }

  private Model<Prediction> load() {
    return network.value().load(Executors.session());
  }

  /**
   * Trains on all shards.
   *
   * @param steps steps of each task
   * @param fanIn how many results are averaged at once; more go through a tree of two levels
   */
  Learned train(JavaRDD<Shard> shards, int steps, int fanIn) {
    JavaRDD<Learned> learned =
        shards
            .filter(shard -> shard.size() > 0)
            .map(
                shard ->
                    TrainingModels.with(
                        hash, this::load, trainer -> train(trainer, start.value(), shard, steps)));
    int count = shards.getNumPartitions();
    if (count > fanIn) {
      int groups = (count - 1) / fanIn + 1;
      learned =
          learned
              .mapToPair(part -> new Tuple2<>(part.index() / fanIn, part))
              .groupByKey(groups)
              .values()
              .map(
                  parts -> {
                    List<Learned> group = new ArrayList<>();
                    parts.forEach(group::add);
                    return Learned.mean(group);
                  });
    }
    return Learned.mean(learned.collect());
  }

  private interface Task<A, B> extends Function1<A, B>, Serializable {}

  /**
   * Trains on all shards for several rounds, in one stage of tasks that run at the same time and
   * take the means between themselves. If one of them fails, Spark runs all of them again.
   *
   * @param shards each with examples
   * @param steps steps of each task
   * @param stepsPerRound steps between two means
   */
  Learned trainInRing(JavaRDD<Shard> shards, int steps, int stepsPerRound) {
    Task<scala.collection.Iterator<Shard>, scala.collection.Iterator<Learned>> task =
        some -> {
          Shard shard = some.next();
          Learned learned =
              TrainingModels.with(
                  hash, this::load, trainer -> trainInRing(trainer, shard, steps, stepsPerRound));
          return CollectionConverters.asScala(List.of(learned).iterator());
        };
    List<Learned> parts =
        new ArrayList<>(
            shards
                .rdd()
                .barrier()
                .mapPartitions(task, false, ClassTag$.MODULE$.<Learned>apply(Learned.class))
                .toJavaRDD()
                .keyBy(Learned::index)
                // Spark runs a barrier stage again only if a shuffle comes after it.
                .partitionBy(new HashPartitioner(1))
                .values()
                .collect());
    parts.sort(Comparator.comparingInt(Learned::index));
    return new Learned(
        0,
        parts.stream().mapToLong(Learned::examples).sum(),
        parts.stream().mapToDouble(Learned::cost).sum(),
        parts.get(0).mean);
  }

  private Learned trainInRing(Trainer trainer, Shard shard, int steps, int stepsPerRound) {
    try (Ring ring = Ring.connect(BarrierTaskContext.get())) {
      Variables current = start.value();
      long examples = 0;
      double cost = 0;
      for (int left = steps; left > 0; left -= stepsPerRound) {
        Learned learned = train(trainer, current, shard, Math.min(left, stepsPerRound));
        current = ring.mean(learned.mean);
        examples += learned.examples;
        cost += learned.cost;
      }
      // All tasks have the same means: one copy is enough for the driver.
      return new Learned(
          shard.index(), examples, cost, shard.index() == 0 ? current : Variables.none());
    }
  }

  private Learned train(Trainer trainer, Variables from, Shard shard, int steps) {
    trainer.start(from);
    Model<Prediction> model = trainer.model();
    Costs costs = new Costs();
    model.fit(
        shard.training(options.shardSize(), input(model), model.classNames().size()),
        FitOptions.upTo(options.epochs())
            .batchSize(options.batchSize())
            .shuffleSeed(options.shuffleSeed())
            .stopAfterSteps(steps),
        costs);
    return new Learned(
        shard.index(), costs.examples, costs.sum, trainer.variables(options.withOptimizer()));
  }

  private static Shape input(Model<?> model) {
    return model.inputShapes().values().iterator().next();
  }

  /** A shard's share of the result of the validation examples. */
  private record Validated(long examples, double loss, double correct) implements Serializable {}

  /** Evaluates the variables on the validation examples of all shards. */
  TrainedEpoch.Validation validate(JavaRDD<Shard> shards) {
    List<Validated> parts =
        shards
            .filter(shard -> shard.validationSize() > 0)
            .map(
                shard -> TrainingModels.with(hash, this::load, trainer -> validate(trainer, shard)))
            .collect();
    double examples = parts.stream().mapToLong(Validated::examples).sum();
    return new TrainedEpoch.Validation(
        parts.stream().mapToDouble(Validated::loss).sum() / examples,
        parts.stream().mapToDouble(Validated::correct).sum() / examples);
  }

  private Validated validate(Trainer trainer, Shard shard) {
    trainer.start(start.value());
    Model<Prediction> model = trainer.model();
    Scores scores = model.evaluate(shard.validation(input(model), model.classNames().size()));
    return new Validated(
        scores.total(), scores.loss() * scores.total(), scores.accuracy() * scores.total());
  }
}
