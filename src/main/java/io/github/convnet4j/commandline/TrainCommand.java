package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.ClassifierOptions;
import io.github.convnet4j.classifier.FitOptions;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.natives.NativeTensorFlow;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.schedule.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    customSynopsis = "convnet4j train --out MODEL [OPTION]...",
    description = {
      "Trains a network to tell which class a picture is of, and saves it.",
      "",
      "Without --network it makes one that fits the images. After each epoch it says how the"
          + " network does on the validation images; the test images are left alone, for evaluate."
    },
    footer = {
      "  convnet4j train --data digits --out my-digits",
      "  convnet4j train --data pets --size 64 --out cats-dogs",
      "  convnet4j summary --data pets --size 64 --write net.json",
      "  convnet4j train --data pets --size 64 --network net.json --out cats-dogs",
      "  convnet4j train --data pets --size 64 --out cats-dogs --epochs 50 \\",
      "      --early-stopping 5 --checkpoints cats-dogs-checkpoints"
    })
final class TrainCommand extends Subcommand {
  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      order = 1,
      description =
          "the folder that the model is saved in: a new one, or one with an earlier model, which is"
              + " replaced in the end")
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "FILE",
      order = 2,
      description = "a network in JSON; summary --write makes one to begin with")
  private Path networkFile;

  @ArgGroup(validate = false, order = 10, heading = "%nImages:%n")
  private DataOptions data = new DataOptions();

  @ArgGroup(validate = false, order = 11, heading = "%nPictures in class folders:%n")
  private PictureOptions pictures = new PictureOptions();

  @ArgGroup(validate = false, order = 20, heading = "%nLearning:%n")
  private LearningOptions learning = new LearningOptions();

  @ArgGroup(validate = false, order = 30, heading = "%nOptimizer:%n")
  private OptimizerOptions optimizer = new OptimizerOptions();

  @ArgGroup(validate = false, order = 40, heading = "%nValidation:%n")
  private ValidationOptions validation = new ValidationOptions();

  @ArgGroup(validate = false, order = 45, heading = "%nLimits:%n")
  private LimitOptions limits = new LimitOptions();

  @ArgGroup(validate = false, order = 50, heading = "%nRecords:%n")
  private RecordOptions records = new RecordOptions();

  @Override
  int run(Output output) {
    // All that can be told at once is told before anything is read or loaded.
    PictureFormat format = pictures.formatFor(data);
    records.places(out).check();
    Optional<Network> described = Optional.ofNullable(networkFile).map(NetworkFile::read);
    Optimizer steps = optimizer.optimizer();
    Optional<Schedule> rates = optimizer.schedule();
    FitOptions fit = limits.add(learning.fitOptions());
    List<TrainingListener> writing = records.listeners(output.messages());
    List<TrainingListener> steering = validation.listeners();
    Checkpointing checkpoints = records.checkpoints(output.messages());

    DataSets sets = data.read(output, format);
    ValidationOptions.Learning images = validation.of(sets, data, format, output);
    Network network = described.orElseGet(() -> defaultNetwork(images.train()));
    checkFits(network, images.train());
    learning.checkAugmentation(images.train());
    ClassifierOptions options =
        data.withPictures(learning.classifierOptions(images.train(), sets.classNames()), format);

    NativeTensorFlow.load();
    try (Interruption interruption = Interruption.watch();
        Classifier classifier = checkpoints.begin(network, steps, options)) {
      TrainingRun run = new TrainingRun(classifier, interruption, checkpoints, output);
      FitOptions judged = images.validation().map(fit::validateOn).orElse(fit);
      return run.train(
          images.train(), rates.map(judged::learningRate).orElse(judged), writing, steering, out);
    }
  }

  private static Network defaultNetwork(DataSet images) {
    return DefaultNetwork.of(images.height(), images.width(), images.channels(), images.classes());
  }

  private void checkFits(Network network, DataSet images) {
    Shape shape = Shape.of(images.height(), images.width(), images.channels());
    if (!network.input().equals(shape)) {
      throw new UsageException(
          "--network: %s takes %s but the images are %s: change its \"input\", or --size and --colour"
              .formatted(networkFile, network.input(), shape));
    }
    if (!network.output().equals(Shape.of(images.classes()))) {
      throw new UsageException(
          "--network: %s gives %s but there are %d classes: end it in a dense layer of %d units"
              .formatted(networkFile, network.output(), images.classes(), images.classes()));
    }
  }
}
