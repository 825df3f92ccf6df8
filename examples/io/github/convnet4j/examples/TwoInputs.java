package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Nodes.concat;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.task.Tasks.regression;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A network with two inputs and two outputs: given the image of a digit and a number from 0 to 9,
 * is the digit larger than the number, and what is their sum?
 */
@Command(name = "TwoInputs", description = "two inputs, an image and a number, and two outputs")
public final class TwoInputs extends Example {
  private static final TrainingSettings DEFAULTS = new TrainingSettings(10, 50, 0.002, 1, 777);
  private static final int TIMES = 4; // each image is used, with different numbers
  private static final int SHOWN = 5;
  static final OutputTask<Prediction> LARGER = Tasks.output("larger", classification("no", "yes"));
  static final OutputTask<float[]> SUM = Tasks.output("sum", regression()).weight(0.1);

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  public static void main(String[] args) {
    new TwoInputs().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    return () -> run(console, settings);
  }

  /** Trains, tests, and prints some predictions; returns the result of the test. */
  static Scores run(Console console, TrainingSettings settings) {
    DataSets digits = BundledDigits.read();
    ExampleSet train = examples(digits.train(), new Random(settings.seed()));
    ExampleSet test = examples(digits.test(), new Random(settings.seed() + 1));
    Network network = network();
    console.print(network.summary());
    try (Model<Answers> model =
        Model.of(
            network,
            Tasks.all(LARGER, SUM),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      model.fit(
          train, epochs(settings.epochs()).batchSize(settings.batchSize()), console.progressBar());
      Scores scores = model.evaluate(test);
      console.print("Test:", scores);
      // If only the digit d is known, the best answers are right in max(d, 10 - d) of 10 cases and
      // the best guess of the sum is d + 4.5. Knowing only the number is no better.
      console.print("With one input, at best: larger_accuracy 0.75, sum_mean_absolute_error 2.5");
      for (int i = 0; i < SHOWN; i++) {
        float[] image = digits.test().imageFloats(i);
        Answers answers = model.predict(Map.of("image", image, "number", new float[] {i}));
        console.print(
            String.format(
                Locale.ROOT,
                "Digit %d and number %d: larger %s, sum %.1f",
                digits.test().label(i),
                i,
                answers.of(LARGER).className(),
                answers.of(SUM)[0]));
      }
      return scores;
    }
  }

  static Network network() {
    Input image = input("image", 28, 28, 1);
    Input number = input("number", 1);
    Node seen =
        image.then(
            conv2d(16, 3),
            relu(),
            maxPool(2), // -> [14, 14, 16]
            conv2d(32, 3),
            relu(),
            maxPool(2), // -> [7, 7, 32]
            flatten(),
            dense(32),
            relu()); // -> [32]
    Node both = concat(seen, number.then(dense(16), relu())).then(dense(64), relu());
    return Network.of(
        inputs(image, number),
        outputs(both.then(dense(2)).as("larger"), both.then(dense(1)).as("sum")));
  }

  /** Returns examples of each image with several numbers, which are drawn at random. */
  static ExampleSet examples(DataSet digits, Random random) {
    int size = TIMES * digits.size();
    int pixels = digits.pixelsPerImage();
    byte[] images = new byte[size * pixels];
    float[] numbers = new float[size];
    int[] larger = new int[size];
    float[] sums = new float[size];
    for (int i = 0; i < size; i++) {
      int digit = digits.label(i / TIMES);
      int number = random.nextInt(10);
      System.arraycopy(digits.image(i / TIMES), 0, images, i * pixels, pixels);
      numbers[i] = number;
      larger[i] = digit > number ? 1 : 0;
      sums[i] = digit + number;
    }
    return ExampleSet.builder()
        .images("image", images, digits.height(), digits.width(), digits.channels())
        .input("number", numbers, 1)
        .classTarget("larger", larger, 2)
        .target("sum", sums, 1)
        .build();
  }
}
