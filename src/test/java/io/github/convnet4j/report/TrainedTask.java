package io.github.convnet4j.report;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.Random;
import org.tensorflow.ndarray.Shape;

/**
 * A small network trained on a few digits for a task other than classification.
 *
 * @param <P> type of a prediction
 */
record TrainedTask<P>(Model<P> model, Source test, History history, FitOptions options)
    implements AutoCloseable {
  static final int UNLABELED = 255;

  private static final DataSets DIGITS = BundledDigits.read();
  private static final int PIXELS = 28 * 28;

  private static final int[] WITH_LOOP = {1, 0, 0, 0, 0, 0, 1, 0, 1, 1};

  /** Predicts the number of bright pixels, and of the columns that have some. */
  static TrainedTask<float[]> numbers(int examples, int epochs) {
    return train(
        Model.of(
            chain(dense(2)),
            Tasks.regression("bright <pixels>", "columns"),
            adam(0.003),
            ModelOptions.seed(4)),
        numbers(DIGITS.train().subset(0, examples)),
        numbers(DIGITS.validation()),
        numbers(DIGITS.test()),
        FitOptions.epochs(epochs).batchSize(20).metrics(Metrics.r2()));
  }

  /** Predicts whether a digit is even, larger than 4, and has a loop. */
  static TrainedTask<LabelPrediction> labels(int examples, int epochs) {
    return train(
        Model.of(
            chain(dense(3)),
            Tasks.multiLabel("even", "large & late", "loop"),
            adam(0.003),
            ModelOptions.seed(4)),
        labels(DIGITS.train().subset(0, examples)),
        labels(DIGITS.validation()),
        labels(DIGITS.test()),
        FitOptions.epochs(epochs).batchSize(20).metrics(Metrics.labelF1()));
  }

  /** Finds digits on noise, those up to 4 and the larger ones, with a U-shaped network. */
  static TrainedTask<SegmentedImage> masks(int examples, int epochs) {
    Input image = input("image", 28, 28, 1);
    Node fine = image.then(conv2d(8, 3), relu());
    Node coarse = fine.then(maxPool(2), conv2d(16, 3), relu(), maxPool(2), conv2d(16, 5), relu());
    Node both = concat(fine, coarse.then(upsampling(4)));
    Network network = Network.of(image, both.then(conv2d(8, 3), relu(), conv2d(3, 1)));
    return train(
        Model.of(
            network,
            Tasks.segmentation("background", "digit 0-4", "digit 5-9").unlabeled(UNLABELED),
            adam(0.005),
            ModelOptions.seed(4)),
        masks(DIGITS.train().subset(0, examples), 1),
        masks(DIGITS.validation(), 2),
        masks(DIGITS.test(), 3),
        FitOptions.epochs(epochs).batchSize(20));
  }

  private static Network chain(Layer last) {
    return Network.of(
        Shape.of(28, 28, 1), maxPool(2), conv2d(6, 3), relu(), maxPool(2), flatten(), last);
  }

  private static <P> TrainedTask<P> train(
      Model<P> model, Source train, Source validation, Source test, FitOptions options) {
    FitOptions validated = options.validateOn(validation);
    return new TrainedTask<>(model, test, model.fit(train, validated), validated);
  }

  private static TargetSet numbers(DataSet digits) {
    float[] targets = new float[2 * digits.size()];
    for (int i = 0; i < digits.size(); i++) {
      float[] pixels = digits.imageFloats(i);
      for (int x = 0; x < 28; x++) {
        int bright = 0;
        for (int y = 0; y < 28; y++) {
          bright += pixels[28 * y + x] > 0.5f ? 1 : 0;
        }
        targets[2 * i] += bright;
        targets[2 * i + 1] += bright > 0 ? 1 : 0;
      }
    }
    return TargetSet.of(digits, targets, 2);
  }

  private static TargetSet labels(DataSet digits) {
    float[] targets = new float[3 * digits.size()];
    for (int i = 0; i < digits.size(); i++) {
      int digit = digits.label(i);
      targets[3 * i] = 1 - digit % 2;
      targets[3 * i + 1] = digit > 4 ? 1 : 0;
      targets[3 * i + 2] = WITH_LOOP[digit];
    }
    return TargetSet.of(digits, targets, 3);
  }

  /** Pixels at the edge of a digit have no label. */
  private static Source masks(DataSet digits, int seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[digits.size() * PIXELS];
    byte[] masks = new byte[pixels.length];
    for (int i = 0; i < digits.size(); i++) {
      byte[] digit = digits.image(i);
      for (int p = 0; p < PIXELS; p++) {
        int level = digit[p] & 0xff;
        pixels[i * PIXELS + p] = (byte) Math.max(level, random.nextInt(100));
        int mask = level < 60 ? 0 : level < 100 ? UNLABELED : digits.label(i) > 4 ? 2 : 1;
        masks[i * PIXELS + p] = (byte) mask;
      }
    }
    return ExampleSet.builder()
        .images("image", pixels, 28, 28, 1)
        .masks("mask", masks, 28, 28)
        .build();
  }

  @Override
  public void close() {
    model.close();
  }
}
