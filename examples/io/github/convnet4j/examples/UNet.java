package io.github.convnet4j.examples;

import static io.github.convnet4j.evaluate.Metrics.dice;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.segmentation;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Segmentation: a U-Net finds the pixels of the digits 0, 1 and 2 in noise. The pictures are made
 * from the digits that come with the library.
 *
 * <p>O. Ronneberger et al., "U-Net: convolutional networks for biomedical image segmentation",
 * 2015; here with batch normalization and SAME padding.
 */
@Command(name = "UNet", description = "segmentation: a U-Net finds the pixels of digits in noise")
public final class UNet extends Example {
  static final String[] CLASSES = {"background", "0", "1", "2"};
  private static final int SIDE = 32; // of a picture, in pixels
  private static final int SHOWN = 6;
  private static final TrainingSettings DEFAULTS = new TrainingSettings(6, 50, 0.003, 1, 777);

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  public static void main(String[] args) {
    new UNet().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    return () -> run(console, settings, 2000);
  }

  /** Trains on this many pictures, tests, and draws some of the test's pictures and masks. */
  static Scores run(Console console, TrainingSettings settings, int pictures) {
    DataSets digits = BundledDigits.read();
    ExampleSet train = pictures(digits.train(), pictures, new Random(settings.seed()));
    ExampleSet test = pictures(digits.test(), 200, new Random(settings.seed() + 1));
    Network network = network();
    console.print(network.summary());
    try (Model<SegmentedImage> model =
        Model.of(
            network,
            segmentation(CLASSES),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      model.fit(
          train, epochs(settings.epochs()).batchSize(settings.batchSize()), console.progressBar());
      Scores scores = model.evaluate(test, dice());
      long[] background = scores.confusionMatrix().orElseThrow().counts()[0];
      double share = (double) LongStream.of(background).sum() / scores.total();
      console.print(
          String.format(
              Locale.ROOT,
              "Nothing but background: accuracy %.4f, mean_iou %.4f",
              share,
              share / CLASSES.length)); // The IoU of the other classes is 0.
      console.print("U-Net:", scores);
      draw(console, model, test);
      return scores;
    }
  }

  /** The encoder halves the picture twice, the decoder doubles it twice. */
  static Network network() {
    Input image = input("image", SIDE, SIDE, 1);
    Node whole = image.then(block(16)); // [32, 32, 16]
    Node half = whole.then(maxPool(2), block(32)); // [16, 16, 32]
    Node quarter = half.then(maxPool(2), block(64)); // [8, 8, 64]
    Node halfAgain = concat(half, quarter.then(conv2dTranspose(32, 2).stride(2))); // [16, 16, 64]
    Node features = halfAgain.then(block(32)); // [16, 16, 32]
    Node wholeAgain =
        concat(whole, features.then(conv2dTranspose(16, 2).stride(2))); // [32, 32, 32]
    Node logits = wholeAgain.then(block(16), conv2d(CLASSES.length, 1)); // [32, 32, 4]
    return Network.of(inputs(image), outputs(logits.as("mask")));
  }

  private static Layer block(int filters) {
    return sequence(
        conv2d(filters, 3).withoutBias(),
        batchNorm(),
        relu(),
        conv2d(filters, 3).withoutBias(),
        batchNorm(),
        relu());
  }

  /** Puts a digit of random size into the left and into the right half of each picture. */
  static ExampleSet pictures(DataSet digits, int count, Random random) {
    int[] wanted =
        IntStream.range(0, digits.size())
            .filter(i -> digits.label(i) < CLASSES.length - 1)
            .toArray();
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] masks = new byte[count * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(128);
    }
    for (int i = 0; i < 2 * count; i++) {
      int digit = wanted[random.nextInt(wanted.length)];
      byte[] ink = digits.image(digit);
      int size = 10 + random.nextInt(7);
      int top = random.nextInt(SIDE - size + 1);
      int left = i % 2 * SIDE / 2 + random.nextInt(SIDE / 2 - size + 1);
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          int y = row * digits.height() / size;
          int x = column * digits.width() / size;
          if (Byte.toUnsignedInt(ink[y * digits.width() + x]) >= 128) {
            int to = (i / 2 * SIDE + top + row) * SIDE + left + column;
            pixels[to] = (byte) (100 + random.nextInt(156));
            masks[to] = (byte) (1 + digits.label(digit));
          }
        }
      }
    }
    return ExampleSet.builder()
        .images("image", pixels, SIDE, SIDE, 1)
        .masks("mask", masks, SIDE, SIDE)
        .build();
  }

  /** Draws the first pictures, their true masks below, and the predicted masks below these. */
  private static void draw(Console console, Model<SegmentedImage> model, ExampleSet test) {
    Figure figure = Figure.of("unet");
    Colormap colors = Colormap.TAB10.range(0, 9);
    for (int i = 0; i < SHOWN; i++) {
      ExampleBatch example = test.newBatch(1);
      test.fill(new int[] {i}, example);
      int[] classes = model.predict(example.input()).classes();
      float[] predicted = new float[classes.length];
      for (int pixel = 0; pixel < classes.length; pixel++) {
        predicted[pixel] = classes[pixel];
      }
      figure.subplot(3, SHOWN, 1 + i).imshow(example.input(), SIDE, SIDE, Colormap.GRAY);
      figure.subplot(3, SHOWN, 1 + SHOWN + i).imshow(example.target(), SIDE, SIDE, colors);
      figure.subplot(3, SHOWN, 1 + 2 * SHOWN + i).imshow(predicted, SIDE, SIDE, colors);
    }
    figure.subplot(3, SHOWN, 1).title("picture");
    figure.subplot(3, SHOWN, 1 + SHOWN).title("mask");
    figure.subplot(3, SHOWN, 1 + 2 * SHOWN).title("predicted");
    console.plots().show(figure);
  }
}
