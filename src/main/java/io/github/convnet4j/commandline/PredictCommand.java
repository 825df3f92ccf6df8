package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.files.PictureList;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.train.FilePredictionListener;
import io.github.convnet4j.train.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description = {
      "Prints what a model predicts for pictures.",
      "",
      "For a classification, these are the most likely classes with their probabilities; for"
          + " multi-label, the labels with theirs; for a regression, the numbers; for a"
          + " segmentation, the share of each class in the pixels.",
      "",
      "Pictures (PNG, JPEG, GIF, BMP, TIFF) are prepared like those the model was trained on:"
          + " brought to the size, turned grey, inverted. Files that cannot be read are reported"
          + " and skipped, and the exit code is then 2."
    },
    footer = {
      "  convnet4j predict cats-dogs rex.jpg tom.jpg",
      "  convnet4j predict cats-dogs --top 1 --json holiday",
      "  convnet4j predict my-digits --invert scanned-seven.png",
      "  convnet4j predict streets-model --out masks new/*.jpg",
      "  convnet4j predict mobilenet.keras chelsea.png --classes imagenet_labels.txt"
    })
final class PredictCommand extends Subcommand {
  private static final int DEFAULT_TOP = 3;

  /** The value in a mask of pixels that the picture format cuts off, if there is no other one. */
  private static final int NOT_PREDICTED = 255;

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelPath.DESCRIPTION)
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "the files of the pictures, or folders that hold them")
  private List<Path> pictures;

  @Option(
      names = "--top",
      paramLabel = "K",
      description =
          "how many classes to print for each picture (default: 3, or all if there are fewer), or"
              + " how many labels (default: those with a probability of at least one half)")
  private Integer top;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "for segmentation: write a mask for each picture to this folder, a PNG of the picture's"
              + " size and name, whose values are the numbers of the classes")
  private Path out;

  @Option(names = "--json", description = "print the results as JSON")
  private boolean json;

  @Mixin private PrecisionOption precision;

  @ArgGroup(validate = false, heading = PictureOptions.FOR_A_MODEL)
  private PictureOptions options = new PictureOptions();

  @ArgGroup(validate = false, heading = KerasOptions.HEADING)
  private KerasOptions keras = new KerasOptions();

  private record Result(Path file, Answer answer) {}

  @Override
  int run(Output output) {
    if (top != null && top < 1) {
      throw new UsageException("--top must be at least 1: " + top);
    }
    List<Path> files = files(output);
    Collected collected;
    try (Model<?> loaded = ModelPath.open(model, keras, options, precision, output)) {
      KnownTask task = KnownTask.of(model.toString(), loaded);
      check(task.kind());
      PictureFormat format = options.formatFor(loaded, output);
      int outside = task.unlabeled() == KnownTask.NONE ? NOT_PREDICTED : task.unlabeled();
      collected =
          new Collected(
              output,
              task,
              Optional.ofNullable(out)
                  .map(folder -> MaskFiles.into(folder, files, format, outside)));
      loaded.predictFiles(files, collected);
    }
    output
        .out()
        .print(json ? json(collected.results) + System.lineSeparator() : text(collected.results));
    return collected.code;
  }

  /** Returns the files, with those in a folder in its place. */
  private List<Path> files(Output output) {
    List<Path> files = new ArrayList<>();
    for (Path path : pictures) {
      if (Files.isDirectory(path)) {
        PictureList list = PictureList.in(path);
        list.notes().forEach(output.messages()::println);
        files.addAll(list.files());
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** Collects the answers, and reports files that cannot be read. */
  private final class Collected implements FilePredictionListener<Object> {
    private final Output output;
    private final KnownTask task;
    private final Optional<MaskFiles> masks;
    private final List<Result> results = new ArrayList<>();
    private int code = ExitCode.OK;

    Collected(Output output, KnownTask task, Optional<MaskFiles> masks) {
      this.output = output;
      this.task = task;
      this.masks = masks;
    }

    @Override
    public void predicted(Path file, Object prediction) {
      results.add(new Result(file, answer(task, file, prediction, masks)));
    }

    @Override
    public void unreadable(Path file, DataException reason) {
      output.messages().println(reason.getMessage());
      code = ExitCode.USAGE;
    }
  }

  private void check(TaskKind kind) {
    if (out != null && kind != TaskKind.SEGMENTATION) {
      throw new UsageException(
          "--out is for masks, but %s is a model for %s".formatted(model, kind));
    }
    if (top != null && kind != TaskKind.CLASSIFICATION && kind != TaskKind.MULTI_LABEL) {
      throw new UsageException(
          "--top is for classes and labels, but %s is a model for %s".formatted(model, kind));
    }
  }

  private Answer answer(KnownTask task, Path file, Object prediction, Optional<MaskFiles> masks) {
    return switch (task.kind()) {
      case CLASSIFICATION ->
          Answer.OfClasses.of(
              (Prediction) prediction, Optional.ofNullable(top).orElse(DEFAULT_TOP));
      case MULTI_LABEL ->
          Answer.OfLabels.of(
              (LabelPrediction) prediction,
              top == null ? OptionalInt.empty() : OptionalInt.of(top));
      case REGRESSION -> Answer.OfNumbers.of(task.names(), (float[]) prediction);
      case SEGMENTATION -> {
        SegmentedImage image = (SegmentedImage) prediction;
        yield Answer.OfPixels.of(
            image, masks.map(to -> to.write(file, image).toString()).orElse(""));
      }
    };
  }

  private static String text(List<Result> results) {
    int width = results.stream().mapToInt(r -> r.file().toString().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Result result : results) {
      String file = result.file().toString();
      text.append(file)
          .append(" ".repeat(width - file.length() + 2))
          .append(result.answer().text())
          .append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String json(List<Result> results) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Result result : results) {
      result.answer().put(list.addObject().put("picture", result.file().toString()));
    }
    return list.toPrettyString();
  }
}
