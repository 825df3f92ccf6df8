package io.github.convnet4j.bench.peer;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.github.convnet4j.bench.contestant.Conversation;
import io.github.convnet4j.bench.contestant.Work;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** DJL on its PyTorch engine, trained by a {@link Trainer}. Arguments: NET FOLDER. */
public final class Contestant {
  private static final int SEED = 777;
  private static final float LEARNING_RATE = 0.001f;
  private static final float DROPOUT = 0.3f;
  private static final int EVALUATED_AT_ONCE = 500;

  private final Work work;
  private final Trainer trainer;

  private Contestant(Work work, Trainer trainer) {
    this.work = work;
    this.trainer = trainer;
  }

  public static void main(String[] args) {
    Work work = Work.read(Path.of(args[1]));
    Engine engine = Engine.getInstance();
    engine.setRandomSeed(SEED);
    int classes = work.classes();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                Adam.builder()
                    .optLearningRateTracker(Tracker.fixed(LEARNING_RATE))
                    .optEpsilon(1e-8f)
                    .build());
    try (Model model = Model.newInstance(args[0])) {
      model.setBlock(args[0].equals("ex11_9") ? deep(classes) : simple(classes));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(
            new Shape(Work.BATCH_SIZE, 1, work.train().height(), work.train().width()));
        new Contestant(work, trainer)
            .play(
                "DJL %s on %s %s"
                    .formatted(
                        Engine.getDjlVersion(), engine.getEngineName(), engine.getVersion()));
      }
    }
  }

  private static SequentialBlock simple(int classes) {
    SequentialBlock net = new SequentialBlock();
    conv(net, 32, false);
    conv(net, 64, false);
    return net.add(Blocks.batchFlattenBlock()).add(dense(classes));
  }

  private static SequentialBlock deep(int classes) {
    SequentialBlock net = new SequentialBlock();
    conv(net, 32, true);
    conv(net, 64, true);
    conv(net, 128, true);
    return net.add(Blocks.batchFlattenBlock())
        .add(dense(625))
        .add(Activation.reluBlock())
        .add(dropout())
        .add(dense(classes));
  }

  private static void conv(SequentialBlock net, int filters, boolean dropout) {
    Conv2d conv =
        Conv2d.builder()
            .setKernelShape(new Shape(3, 3))
            .optPadding(new Shape(1, 1))
            .setFilters(filters)
            .optBias(false)
            .build();
    conv.setInitializer(new NormalInitializer(0.01f), Parameter.Type.WEIGHT);
    net.add(conv).add(Activation.reluBlock()).add(pool());
    if (dropout) {
      net.add(dropout());
    }
  }

  /** Rounds up, so that an odd side is pooled as with TensorFlow's SAME padding. */
  private static LambdaBlock pool() {
    Shape two = new Shape(2, 2);
    return LambdaBlock.singleton(images -> Pool.maxPool2d(images, two, two, new Shape(0, 0), true));
  }

  private static Linear dense(int units) {
    Linear linear = Linear.builder().setUnits(units).build();
    linear.setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    linear.setInitializer(new NormalInitializer(1), Parameter.Type.BIAS);
    return linear;
  }

  private static Dropout dropout() {
    return Dropout.builder().optRate(DROPOUT).build();
  }

  private void play(String engine) {
    Conversation talk =
        Conversation.open(
            engine,
            new Conversation.Trained() {
              @Override
              public int evaluate() {
                int size = work.test().size();
                return IntStream.iterate(0, from -> from < size, from -> from + EVALUATED_AT_ONCE)
                    .map(from -> correct(from, Math.min(from + EVALUATED_AT_ONCE, size)))
                    .sum();
              }

              @Override
              public boolean predict(int image) {
                return correct(image, image + 1) == 1;
              }
            });
    for (int step = 0; talk.nextStep(); step++) {
      talk.stepDone(train(work.batch(step)));
    }
  }

  private float train(int[] batch) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray images = images(manager, work.train(), batch);
      NDArray labels =
          manager.create(Arrays.stream(batch).mapToLong(i -> work.train().labels()[i]).toArray());
      float cost;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(new NDList(images));
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), logits);
        gradients.backward(loss);
        cost = loss.getFloat();
      }
      trainer.step();
      return cost;
    }
  }

  private int correct(int from, int to) {
    int[] indices = IntStream.range(from, to).toArray();
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDList logits = trainer.evaluate(new NDList(images(manager, work.test(), indices)));
      logits.attach(manager);
      long[] predicted =
          logits.singletonOrThrow().argMax(1).toType(DataType.INT64, false).toLongArray();
      return (int)
          IntStream.range(from, to)
              .filter(i -> predicted[i - from] == work.test().labels()[i])
              .count();
    }
  }

  private static NDArray images(NDManager manager, Work.Part part, int[] indices) {
    Shape shape = new Shape(indices.length, 1, part.height(), part.width());
    return manager.create(part.floats(indices), shape);
  }
}
