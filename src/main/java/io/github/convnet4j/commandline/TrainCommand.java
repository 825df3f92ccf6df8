package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.natives.NativeTensorFlow;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.schedule.Schedule;
import io.github.convnet4j.task.Task;
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
      "Trains a network on pictures, and saves the model.",
      "",
      "What it learns to predict is one of several classes, any number of labels, numbers, or the"
          + " class of each pixel. Without --network, a network that fits the task and the images"
          + " is chosen. After each epoch the network is evaluated on the validation images. The"
          + " test images are held out for the evaluate command."
    },
    footer = {
      "  convnet4j train --data digits --out my-digits",
      "  convnet4j train --data pets --size 64 --out cats-dogs",
      "  convnet4j summary --data pets --size 64 --write net.json",
      "  convnet4j train --data pets --size 64 --network net.json --out cats-dogs",
      "  convnet4j train --data pets --size 64 --out cats-dogs --epochs 50 \\",
      "      --early-stopping 5 --checkpoints cats-dogs-checkpoints",
      "  convnet4j train --data pets --start-from mobilenet.keras --pixels -1:1 --out pets",
      "  convnet4j train --data boxes --targets sizes.csv --size 64 --out box-sizes",
      "  convnet4j train --data streets --size 128 --unlabeled 255 --out streets-model"
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

  @ArgGroup(validate = false, order = 5, heading = "%nA trained network to start from:%n")
  private StartOptions start = new StartOptions();

  @ArgGroup(validate = false, order = 10, heading = "%nImages:%n")
  private DataOptions data = new DataOptions();

  @ArgGroup(validate = false, order = 11, heading = "%nPictures:%n")
  private PictureOptions pictures = new PictureOptions();

  @ArgGroup(validate = false, order = 15, heading = "%nTask:%n")
  private TaskOptions tasks = new TaskOptions();

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
    TaskKind expected = tasks.kind(data);
    checkStart(expected);
    if (!start.areGiven()) {
      pictures.formatFor(data);
    }
    learning.check(expected);
    validation.check();
    RunPlaces places = records.places(out, validation.best(), data.cache());
    places.check();
    Optional<Network> described = Optional.ofNullable(networkFile).map(NetworkFile::read);
    described.ifPresent(network -> NetworkPorts.check("--network: " + networkFile, network));
    pictures.refuseUnlessPictures(data);
    Optional<StartingNetwork> base = start.read(data, pictures, output);
    PictureFormat format =
        base.filter(given -> data.mayBePictures())
            .map(StartingNetwork::format)
            .orElseGet(() -> pictures.formatFor(data));
    Optimizer steps = optimizer.optimizer();
    Optional<Schedule> rates = optimizer.schedule();
    FitOptions fit = limits.add(learning.fitOptions());
    data.onFound(
        (image, training) -> fit.checkMemory(validation.leastToTrainOn(training), image.size()));
    List<TrainingListener> recorders = records.listeners(output.messages());
    validation.bestCheckpoint().ifPresent(recorders::add);
    List<TrainingListener> controllers = validation.listeners();
    Checkpointing checkpoints = records.checkpoints(output.messages());

    TaskOptions.Read read = tasks.read(data, format, output);
    ValidationOptions.Learning examples = validation.of(read, data, format, output);
    Source train = examples.train();
    Network network = described.orElseGet(() -> network(base, read.task(), train, output));
    Task<?> task = tasks.located(learning.task(read.task(), train), learning.movesImages(), output);
    described.ifPresent(given -> checkFits(given, read.task(), task, train));
    learning.checkAugmentation(train);
    MetricText.check("--metrics", fit.metrics(), read.task().kind(), task, network.output());
    validation.checkMonitor(read.task().kind(), task, network.output(), fit.metrics());
    ModelOptions learned = learning.modelOptions(train);
    ModelOptions options =
        data.withPictures(
            base.map(given -> learned.normalization(given.pixels())).orElse(learned), format);

    NativeTensorFlow.load();
    try (Interruption interruption = Interruption.watch();
        Model<?> model =
            checkpoints.resumeOrCreate(
                network, task, steps, options, base.map(StartingNetwork::taken))) {
      if (model.stepsTrained() == 0) {
        places.checkBestIsNew();
      }
      TrainingRun run = new TrainingRun(model, interruption, checkpoints, output);
      FitOptions validated = examples.validation().map(fit::validateOn).orElse(fit);
      return run.train(
          train,
          rates.map(validated::learningRate).orElse(validated),
          recorders,
          controllers,
          validation.monitored(),
          out);
    }
  }

  /** Refuses options that contradict a trained network to start from. */
  private void checkStart(TaskKind kind) {
    if (!start.areGiven()) {
      return;
    }
    if (networkFile != null) {
      throw new UsageException(
          "--network and --start-from: the network is either the one or the other");
    }
    if (learning.normalizes()) {
      throw new UsageException(
          "--normalize is for new networks: --start-from keeps the pixels of the trained one");
    }
    if (kind == TaskKind.SEGMENTATION) {
      throw new UsageException(
          "--start-from is for classification, multi-label and regression, not for " + kind);
    }
  }

  private static Network network(
      Optional<StartingNetwork> base, KnownTask task, Source train, Output output) {
    int outputs = task.names().size();
    if (base.isEmpty()) {
      return DefaultNetwork.of(task.kind(), train, outputs);
    }
    StartingNetwork start = base.get();
    start.checkTakes(train.inputShapes().get(0));
    start.note().ifPresent(output.messages()::println);
    output.messages().println(start.described());
    return start.withHead(List.of(DefaultNetwork.last(task.kind(), train, outputs)));
  }

  private void checkFits(Network network, KnownTask known, Task<?> task, Source train) {
    if (network.inputs().size() > 1 || network.outputs().size() > 1) {
      throw new UsageException(
          "--network: %s must have one input and one output: it has the inputs %s and the outputs %s"
              .formatted(networkFile, network.inputs().keySet(), network.outputs().keySet()));
    }
    Shape image = train.inputShapes().get(0);
    if (!network.input().equals(image)) {
      throw new UsageException(
          "--network: %s takes images of shape %s but the images are %s: change \"input\" in the file, or --size and --colour"
              .formatted(networkFile, network.input(), image));
    }
    int outputs = known.names().size();
    boolean pixels = known.kind() == TaskKind.SEGMENTATION;
    Shape wanted = pixels ? Shape.of(image.get(0), image.get(1), outputs) : Shape.of(outputs);
    if (!network.output().equals(wanted)) {
      throw new UsageException(
          "--network: the output of %s has shape %s but there are %s: %s"
              .formatted(
                  networkFile,
                  network.output(),
                  known.kind().count(outputs),
                  pixels
                      ? "end it with a convolution of %d filters at the size of the images, %s"
                          .formatted(outputs, wanted)
                      : "end it with a dense layer of %d units".formatted(outputs)));
    }
    UsageException.naming("--network", () -> task.targetShape(network.output()));
  }
}
