package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.natives.NativeTensorFlow;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.schedule.Schedule;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.TrainingListener;
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
      "Trains a network to classify pictures, and saves the model.",
      "",
      "Without --network, a network that fits the images is chosen. After each epoch the network is"
          + " evaluated on the validation images. The test images are held out for the evaluate"
          + " command."
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
          "the folder to save the model in: a new one, or that of an earlier model, which is"
              + " replaced at the end of the run")
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "FILE",
      order = 2,
      description = "a network in JSON; summary --write creates one to start from")
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

  @ArgGroup(validate = false, order = 50, heading = "%nOutput:%n")
  private RecordOptions records = new RecordOptions();

  @Override
  int run(Output output) {
    // Reports every mistake that can be found before any data is read or TensorFlow is loaded.
    PictureFormat format = pictures.formatFor(data);
    records.places(out).check();
    Optional<Network> described = Optional.ofNullable(networkFile).map(NetworkFile::read);
    Optimizer steps = optimizer.optimizer();
    Optional<Schedule> rates = optimizer.schedule();
    FitOptions fit = limits.add(learning.fitOptions());
    List<TrainingListener> recorders = records.listeners(output.messages());
    List<TrainingListener> controllers = validation.listeners();
    Checkpointing checkpoints = records.checkpoints(output.messages());

    DataSets sets = data.read(output, format);
    ValidationOptions.Learning images = validation.of(sets, data, format, output);
    Network network = described.orElseGet(() -> defaultNetwork(images.train()));
    checkFits(network, images.train());
    learning.checkAugmentation(images.train());
    Classification task = learning.task(images.train(), sets.classNames());
    ModelOptions options = data.withPictures(learning.modelOptions(images.train()), format);

    NativeTensorFlow.load();
    try (Interruption interruption = Interruption.watch();
        Model<Prediction> model = checkpoints.resumeOrCreate(network, task, steps, options)) {
      TrainingRun run = new TrainingRun(model, interruption, checkpoints, output);
      FitOptions validated = images.validation().map(fit::validateOn).orElse(fit);
      return run.train(
          images.train(),
          rates.map(validated::learningRate).orElse(validated),
          recorders,
          controllers,
          out);
    }
  }

  private static Network defaultNetwork(DataSet images) {
    return DefaultNetwork.of(images.height(), images.width(), images.channels(), images.classes());
  }

  private void checkFits(Network network, DataSet images) {
    if (network.inputs().size() > 1 || network.outputs().size() > 1) {
      throw new UsageException(
          "--network: %s must have one input and one output to classify images: it has the inputs %s and the outputs %s"
              .formatted(networkFile, network.inputs().keySet(), network.outputs().keySet()));
    }
    Shape shape = Shape.of(images.height(), images.width(), images.channels());
    if (!network.input().equals(shape)) {
      throw new UsageException(
          "--network: %s takes images of shape %s but the images are %s: change \"input\" in the file, or --size and --colour"
              .formatted(networkFile, network.input(), shape));
    }
    if (!network.output().equals(Shape.of(images.classes()))) {
      throw new UsageException(
          "--network: the output of %s has shape %s but there are %d classes: end it with a dense layer of %d units"
              .formatted(networkFile, network.output(), images.classes(), images.classes()));
    }
  }
}
