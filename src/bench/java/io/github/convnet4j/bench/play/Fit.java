package io.github.convnet4j.bench.play;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.bench.contestant.Conversation;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Predictor;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** {@link Model#fit} with a listener that pauses it between the runner's requests. */
final class Fit {
  /** Practically unlimited: the runner ends the training. */
  private static final int EPOCHS = 1_000_000;

  private final DataSet train;
  private final DataSet test;
  private final String engine;

  Fit(DataSet train, DataSet test, String engine) {
    this.train = train;
    this.test = test;
    this.engine = engine;
  }

  void play(Network network, Augmentation augmentation, ModelOptions options) {
    int seed = LectureNets.seed();
    try (Model<Prediction> model =
            Model.of(network, Tasks.classification(), adam(LectureNets.learningRate()), options);
        Asked asked = new Asked(model, test)) {
      Conversation talk = Conversation.open(engine, asked);
      model.fit(
          train,
          epochs(EPOCHS).batchSize(Work.BATCH_SIZE).shuffleSeed(seed).augment(augmentation),
          new Waiting(talk));
    }
  }

  /** Pauses training between the runner's requests. */
  private record Waiting(Conversation talk) implements TrainingListener {
    @Override
    public void trainBegin(Training training) {
      awaitLeave(training);
    }

    @Override
    public void batchEnd(Training training, BatchResult result) {
      talk.stepDone(result.cost());
      awaitLeave(training);
    }

    private void awaitLeave(Training training) {
      if (!talk.nextStep()) {
        training.stop();
      }
    }
  }

  /** Answers the runner; each thread has its own predictor. */
  private static final class Asked implements Conversation.Trained, AutoCloseable {
    private final Model<Prediction> model;
    private final DataSet test;
    private final Queue<Predictor<Prediction>> predictors = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Predictor<Prediction>> ofThread =
        ThreadLocal.withInitial(this::newPredictor);

    Asked(Model<Prediction> model, DataSet test) {
      this.model = model;
      this.test = test;
    }

    private Predictor<Prediction> newPredictor() {
      Predictor<Prediction> predictor = model.predictor();
      predictors.add(predictor);
      return predictor;
    }

    @Override
    public int evaluate() {
      return Math.toIntExact(model.evaluate(test).correct());
    }

    @Override
    public boolean predict(int image) {
      return ofThread.get().predictPixels(test.image(image)).classIndex() == test.label(image);
    }

    @Override
    public void close() {
      predictors.forEach(Predictor::close);
    }
  }
}
