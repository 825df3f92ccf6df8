package io.github.convnet4j.bench.memory;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.bench.play.Nets;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.report.Report;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Predictor;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.tensorflow.ndarray.Shape;

/** The tasks that are repeated, with one network and its images. */
final class Repeated {
  private static final int SEED = 777;
  private static final int EPOCHS = 1_000_000;
  private static final int THREADS = 8;

  /** Enough for a table of results, mistakes and embeddings. */
  private static final int TEST_IMAGES = 50;

  private final Network network;
  private final DataSets sets;

  private Repeated(Network network, DataSets sets) {
    this.network = network;
    this.sets = sets;
  }

  /** Returns the tasks with the network of {@code Ex11_9}. */
  static Repeated ex11x9(DataSets sets) {
    return new Repeated(Nets.builder("ex11_9", sets.train()), sets);
  }

  /** Returns the tasks with a network that has all kinds of layers, but takes little time. */
  static Repeated small(DataSets sets) {
    DataSet images = sets.train();
    return new Repeated(
        Network.of(
            Shape.of(images.height(), images.width(), images.channels()),
            conv2d(8, 3).stride(2),
            batchNorm(),
            relu(),
            maxPool(2),
            dropout(0.2),
            flatten(),
            dense(images.classes())),
        sets);
  }

  void train(Looks looks) {
    try (Model<Prediction> model = model()) {
      fit(model, looks.repetitions(), looks::done);
    }
  }

  void evaluate(Looks looks) {
    DataSet train = sets.train();
    DataSet batch = train.subset(0, Math.min(Work.BATCH_SIZE, train.size()));
    try (Model<Prediction> model = model()) {
      for (int i = 1; i <= looks.repetitions(); i++) {
        model.evaluate(batch);
        looks.done(i);
      }
    }
  }

  void open(Looks looks) {
    for (int i = 1; i <= looks.repetitions(); i++) {
      try (Model<Prediction> model = model()) {
        fit(model, 1, step -> {});
      }
      looks.done(i);
    }
  }

  /** Half of the threads use a predictor, and the others the model itself. */
  void predict(Looks looks) {
    AtomicInteger started = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (Model<Prediction> model = model()) {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        boolean alone = thread % 2 == 0;
        ends.add(
            threads.submit(
                () -> {
                  try (Predictor<Prediction> predictor = model.predictor()) {
                    int next;
                    while ((next = started.getAndIncrement()) < looks.repetitions()) {
                      byte[] image = sets.test().image(next % sets.test().size());
                      Prediction result =
                          alone ? predictor.predictPixels(image) : model.predictPixels(image);
                      if (result.probabilities().length != sets.train().classes()) {
                        throw new IllegalStateException("wrong prediction: " + result);
                      }
                      looks.done(done.incrementAndGet());
                    }
                  }
                }));
      }
      threads.shutdown();
      ends.forEach(Repeated::await);
    }
  }

  private static void await(Future<?> end) {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread that predicts has failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while threads predict", e);
    }
  }

  /** A report opens an inspection, with feature maps, saliency, Grad-CAM and embeddings. */
  void report(Looks looks) {
    try (Model<Prediction> model = model()) {
      fit(model, 1, step -> {});
      Report report = Report.of(model, sets.test().subset(0, TEST_IMAGES)).mistakes(4).explain(0);
      for (int i = 1; i <= looks.repetitions(); i++) {
        if (report.toHtml().isEmpty()) {
          throw new IllegalStateException("a report is empty");
        }
        looks.done(i);
      }
    }
  }

  private Model<Prediction> model() {
    return Model.of(network, Tasks.classification(), adam(0.001), ModelOptions.seed(SEED));
  }

  private void fit(Model<Prediction> model, int steps, IntConsumer afterStep) {
    model.fit(
        sets.train(),
        epochs(EPOCHS).batchSize(Math.min(Work.BATCH_SIZE, sets.train().size())),
        new TrainingListener() {
          private int done;

          @Override
          public void batchEnd(Training training, BatchResult result) {
            afterStep.accept(++done);
            if (done == steps) {
              training.stop();
            }
          }
        });
  }
}
