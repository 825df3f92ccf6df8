package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.commandline.DataMessages;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.examples.numpy.PythonRandom;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The slide "CNN for CT images", which shows a picture but no code: a network classifies slices of
 * the abdomen, the chest and the head.
 *
 * <p>It is written for MedNIST's CT slices as IDX files of 64x64 grey pixels (B. J. Erickson, CC
 * BY-SA 4.0). Other image sizes work too, if the classes are the same three. Slices of your own,
 * DICOM files or pictures, can be in folders called abdomen, chest and head; they are scaled to
 * 64x64 pixels. A DICOM file is shown as a viewer shows it, through the window that it recommends.
 */
@Command(name = "ExCt", description = "the slide \"CNN for CT images\": abdomen, chest or head")
public final class ExCt extends Example {
  private static final List<String> CLASS_NAMES = List.of("abdomen", "chest", "head");
  private static final PictureFormat SLICE =
      PictureFormat.asTheyAre().size(64, 64).colour(PictureFormat.Colour.GREY);
  private static final int SHOWN = 5;
  private static final TrainingSettings DEFAULTS = new TrainingSettings(3, 50, 0.001, 1, 777);

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "the folder with the slices: four IDX files with the names of MNIST's, or the folders"
              + " abdomen, chest and head with DICOM files, PNGs or other pictures")
  private Path data;

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  public static void main(String[] args) {
    new ExCt().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets slices =
        IdxFolder.exists(data) || !Files.isDirectory(data)
            ? IdxFolder.read(data)
            : ImageFolder.of(data).format(SLICE).read();
    new DataMessages(console.messages()).read(slices);
    requireGreyAndThreeClasses(slices);
    return () -> train(console, slices, settings);
  }

  private static void requireGreyAndThreeClasses(DataSets slices) {
    int channels = slices.train().channels();
    if (channels != 1) {
      throw new UsageException(
          "--data must hold grey slices, with 1 channel: the number of channels is " + channels);
    }
    int classes = slices.train().classes();
    if (classes != CLASS_NAMES.size()) {
      throw new UsageException(
          "--data must hold the 3 classes "
              + String.join(", ", CLASS_NAMES)
              + ": the number of classes is "
              + classes);
    }
    boolean named = !slices.classNames().equals(DataSets.numbers(classes));
    if (named && !slices.classNames().equals(CLASS_NAMES)) {
      throw new UsageException(
          "--data must hold the folders "
              + String.join(", ", CLASS_NAMES)
              + ": it holds "
              + String.join(", ", slices.classNames()));
    }
  }

  /** The network. The shapes in the comments are for slices of 64x64 grey pixels. */
  static Network network(DataSet slices) {
    return Network.of(
        Shape.of(slices.height(), slices.width(), slices.channels()), // [64, 64, 1]
        block(16), // -> [32, 32, 16]
        block(32), // -> [16, 16, 32]
        block(64), // -> [8, 8, 64]
        globalAveragePool(), // -> [64]
        dropout(0.2),
        dense(CLASS_NAMES.size())); // -> [3]
  }

  private static Layer block(int filters) {
    return sequence(conv2d(filters, 3).withoutBias(), batchNorm(), relu(), maxPool(2));
  }

  /** Trains, tests and shows a row of slices; returns the result of the test. */
  public static Scores train(Console console, DataSets slices, TrainingSettings settings) {
    Network network = network(slices.train());
    console.print(network.summary());
    try (Model<Prediction> model =
        Model.of(
            network,
            classification(CLASS_NAMES.toArray(String[]::new)),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      model.fit(
          slices.train(),
          epochs(settings.epochs()).batchSize(settings.batchSize()).validateOn(slices.validation()),
          console.progressBar(),
          printing(console));

      Scores scores = model.evaluate(slices.test());
      console.print(
          String.format(
              Locale.ROOT,
              "Test accuracy: %.4f (%d of %d slices)",
              scores.accuracy(),
              scores.correct(),
              scores.total()));
      console.print(scores.confusionMatrix().orElseThrow().table());
      console.print(
          "What this number does not prove: the slices are not split by patient, so slices");
      console.print(
          "of one patient may stand among the training and the test images, and the network");
      console.print(
          "may know the patient rather than the organ. On patients never seen, from another");
      console.print("scanner, expect less. Nor are head, chest and abdomen a diagnosis.");
      draw(console, model, slices.test(), settings.seed());
      return scores;
    }
  }

  private static void draw(Console console, Model<Prediction> model, DataSet test, int seed) {
    PythonRandom random = PythonRandom.seed(seed);
    Figure figure = Figure.of("ex_ct");
    for (int i = 0; i < SHOWN; i++) {
      int r = random.randint(0, test.size() - 1);
      String label = CLASS_NAMES.get(test.label(r));
      String prediction = model.predictPixels(test.image(r)).className();
      console.print("Slice " + r + ": label " + label + ", prediction " + prediction);
      figure
          .subplot(1, SHOWN, i + 1)
          .title(label + "\n" + prediction)
          .imshow(test.imageFloats(r), test.height(), test.width(), Colormap.GRAY);
    }
    console.plots().show(figure);
  }

  private static TrainingListener printing(Console console) {
    return new TrainingListener() {
      @Override
      public void epochEnd(Training training, EpochResult result) {
        console.print(result);
      }
    };
  }
}
