package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description = {
      "Classifies pictures: prints the most likely classes of each, with their probabilities.",
      "",
      "Pictures (PNG, JPEG, GIF, BMP, TIFF) are prepared like those the model was trained on:"
          + " scaled, stretched if necessary, turned grey, inverted. Files that cannot be read are"
          + " reported and skipped, and the exit code is then 2."
    },
    footer = {
      "  convnet4j predict cats-dogs rex.jpg tom.jpg",
      "  convnet4j predict cats-dogs --top 1 --json holiday/*.jpg",
      "  convnet4j predict my-digits --invert scanned-seven.png"
    })
final class PredictCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "MODEL", description = "the folder that train --out wrote")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "the files of the pictures")
  private List<Path> pictures;

  @Option(
      names = "--top",
      paramLabel = "K",
      description =
          "how many classes to print for each picture (default: ${DEFAULT-VALUE}, or all if there"
              + " are fewer)")
  private int top = 3;

  @Option(
      names = "--invert",
      description =
          "invert pictures, black for white, for models that do not record it: scans are dark on"
              + " white, but MNIST's digits are white on black")
  private boolean invert;

  @Option(names = "--json", description = "print the results as JSON")
  private boolean json;

  private record Answer(Path file, List<Prediction.ClassProbability> mostLikely) {}

  @Override
  int run(Output output) {
    if (top < 1) {
      throw new UsageException("--top must be at least 1: " + top);
    }
    int code = ExitCode.OK;
    List<Answer> answers = new ArrayList<>();
    try (Model<Prediction> loaded = ModelFolder.load(model)) {
      PictureFormat format = ModelData.format(output, loaded, invert);
      int classes = Math.min(top, loaded.classNames().size());
      for (Path file : pictures) {
        try {
          byte[] pixels = format.read(file).pixels();
          answers.add(new Answer(file, loaded.predict(pixels).top(classes)));
        } catch (DataException e) {
          output.messages().println(e.getMessage());
          code = ExitCode.USAGE;
        }
      }
    }
    output.out().print(json ? json(answers) + System.lineSeparator() : text(answers));
    return code;
  }

  private static String text(List<Answer> answers) {
    int width = answers.stream().mapToInt(a -> a.file().toString().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Answer answer : answers) {
      text.append(answer.file()).append(" ".repeat(width - answer.file().toString().length()));
      for (Prediction.ClassProbability likely : answer.mostLikely()) {
        text.append(
            String.format(Locale.ROOT, "  %s %.4f", likely.className(), likely.probability()));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String json(List<Answer> answers) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Answer answer : answers) {
      ObjectNode object = list.addObject().put("picture", answer.file().toString());
      ArrayNode mostLikely = object.putArray("classes");
      for (Prediction.ClassProbability likely : answer.mostLikely()) {
        Json.put(
            mostLikely.addObject().put("name", likely.className()),
            "probability",
            likely.probability());
      }
    }
    return list.toPrettyString();
  }
}
