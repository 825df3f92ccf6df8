package io.github.convnet4j.bench.growth;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.bench.process.ResidentMemory;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * Measures one size in a separate process: {@code GrowthPoint BATCH SIDE WIDTH DEPTH IMAGES THREADS
 * FOLDER STEPS SECONDS}. The folder holds the images. Trains for at least this many steps and
 * seconds. Prints, in one line, the time of each step in seconds and the peak of resident memory in
 * bytes (-1 if not available).
 */
public final class GrowthPoint implements TrainingListener {
  private static final int EPOCHS = 1_000_000;
  private static final double NANOSECONDS = 1e-9;

  private final int steps;
  private final double atLeastSeconds;
  private final List<Double> seconds = new ArrayList<>();
  private double sum;
  private long start = System.nanoTime();

  private GrowthPoint(int steps, double atLeastSeconds) {
    this.steps = steps;
    this.atLeastSeconds = atLeastSeconds;
  }

  public static void main(String[] args) {
    Size size = Size.of(args);
    DataSet all = IdxFolder.read(Path.of(args[6])).train();
    // Only whole batches: a partial last batch would be a smaller step.
    DataSet images = all.subset(0, Math.max(1, all.size() / size.batch()) * size.batch());
    GrowthPoint point = new GrowthPoint(Integer.parseInt(args[7]), Double.parseDouble(args[8]));
    try (Model<Prediction> model =
        Model.of(network(size, images), Tasks.classification(), adam(0.001))) {
      point.start = System.nanoTime();
      model.fit(images, epochs(EPOCHS).batchSize(size.batch()), point);
    }
    String times = point.seconds.stream().map(String::valueOf).collect(Collectors.joining(" "));
    System.out.println(times + " " + ResidentMemory.ofThisProcess().peak().orElse(-1));
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    long now = System.nanoTime();
    double took = (now - start) * NANOSECONDS;
    seconds.add(took);
    sum += took;
    start = now;
    if (seconds.size() >= steps && sum >= atLeastSeconds) {
      training.stop();
    }
  }

  /**
   * Convolutions of the same width and a single pooling, so that each further convolution costs the
   * same.
   */
  private static Network network(Size size, DataSet images) {
    List<Layer> layers = new ArrayList<>(List.of(conv2d(size.width(), 3), relu(), maxPool(2)));
    for (int i = 1; i < size.depth(); i++) {
      layers.addAll(List.of(conv2d(size.width(), 3), relu()));
    }
    layers.addAll(List.of(globalAveragePool(), dense(images.classes())));
    return Network.of(Shape.of(size.side(), size.side(), 1), layers.toArray(Layer[]::new));
  }
}
