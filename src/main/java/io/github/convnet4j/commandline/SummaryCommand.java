package io.github.convnet4j.commandline;

import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.keras.KerasOutput;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Model;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "summary",
    description = {
      "Prints a network as a table of layers, shapes and parameter counts.",
      "",
      "Without NETWORK, it is the network that train chooses for --data. With --write it is also"
          + " saved to a file, which you can edit and give to train --network."
    },
    footer = {
      "  convnet4j summary --data pets --size 64 --write net.json",
      "  convnet4j summary net.json",
      "  convnet4j summary my-digits",
      "  convnet4j summary mobilenet.keras",
      "  convnet4j summary --data streets --size 128 --unlabeled 255 --write unet.json"
    })
final class SummaryCommand extends Subcommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NETWORK",
      description = "a network in JSON, or " + ModelPath.DESCRIPTION)
  private Path network;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "also write the network to this new file as JSON")
  private Path write;

  @Mixin private DataOptions data;

  @Mixin private PictureOptions pictures;

  @Mixin private TaskOptions tasks;

  @Override
  int run(Output output) {
    Network shown = network == null ? forData(output) : read(network, output);
    if (write != null) {
      NetworkFile.write(write, shown);
      output.messages().println("Written to " + write);
    }
    return ExitCode.OK;
  }

  private static Network read(Path path, Output output) {
    if (KerasModelFile.is(path)) {
      return ofKeras(KerasModel.read(path), output.out());
    }
    if (!Files.isDirectory(path)) {
      Network described = NetworkFile.read(path);
      output.out().print(described.summary());
      return described;
    }
    try (Model<?> model = ModelFolder.load(path)) {
      output.out().print(model.network().summary());
      printTraining(output.out(), model);
      return model.network();
    }
  }

  private static Network ofKeras(KerasModel keras, PrintStream out) {
    out.print(keras.network().summary());
    String version = keras.kerasVersion();
    out.println("File of Keras" + (version.isEmpty() ? "" : " " + version));
    keras.pictureFormat().ifPresent(format -> out.println("Pictures: " + pictures(keras, format)));
    for (KerasOutput output : keras.outputs()) {
      out.printf("Output %s: %s, %s%n", output.name(), output.shape(), output.activation().kind());
    }
    keras.notes().forEach(out::println);
    return keras.network();
  }

  private static String pictures(KerasModel keras, PictureFormat format) {
    return "%s, %s"
        .formatted(
            PictureText.sizeAndColors(format),
            keras
                .pixelRange()
                .map(range -> "values from %s to %s".formatted(range.black(), range.white()))
                .orElse("the file does not say which values pixels have"));
  }

  private static void printTraining(PrintStream out, Model<?> model) {
    out.printf("Trained: %s, with %s%n", TrainedSoFar.of(model), model.optimizer());
    Set<Mode> mixed = model.options().mixedPrecisionIn();
    if (!mixed.isEmpty()) {
      out.println(
          "Mixed precision: "
              + mixed.stream()
                  .sorted()
                  .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(" and ")));
    }
    if (model.options().pictures().isPresent()) {
      out.println("Pictures: " + PictureText.of(model.pictureFormat()));
    }
    boolean several = model.tasks().size() > 1;
    for (OutputTask<?> task : model.tasks()) {
      Shape shape = model.network().outputs().get(task.output());
      out.println(
          (several ? "Output " + task.output() + ": " : "") + described(task.task(), shape));
    }
  }

  /** Returns what a task predicts, in words. */
  private static String described(Task<?> task, Shape output) {
    return TaskKind.of(task)
        .map(
            kind ->
                "%s: %s"
                    .formatted(
                        kind.title(), String.join(", ", KnownTask.names(kind, task, output))))
        .orElseGet(() -> "Task: " + task.getClass().getSimpleName());
  }

  private Network forData(Output output) {
    TaskOptions.Read read = tasks.read(data, pictures.formatFor(data), output);
    Network chosen =
        DefaultNetwork.of(read.task().kind(), read.data().train(), read.task().names().size());
    output.out().print(chosen.summary());
    return chosen;
  }
}
