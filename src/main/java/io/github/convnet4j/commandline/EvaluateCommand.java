package io.github.convnet4j.commandline;

import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = {
      "Reports a model's accuracy, overall and for each class, on labeled images.",
      "",
      "Pictures are prepared like those the model was trained on: scaled, turned grey, inverted. If"
          + " --data is what train was given, its test images are those that train held out."
    },
    footer = {
      "  convnet4j evaluate my-digits --data digits",
      "  convnet4j evaluate cats-dogs --data pets",
      "  convnet4j evaluate cats-dogs --data holiday-pictures --part all",
      "  convnet4j evaluate my-digits --json > my-digits.json"
    })
final class EvaluateCommand extends Subcommand {
  @Parameters(paramLabel = "MODEL", description = "the folder that train --out wrote")
  private Path model;

  @Mixin private ModelData data;

  @Option(names = "--json", description = "print the results as JSON")
  private boolean json;

  @Override
  int run(Output output) {
    try (Model<Prediction> loaded = ModelFolder.load(model)) {
      Scores evaluation = loaded.evaluate(data.read(output, loaded));
      if (json) {
        output.out().println(EvaluationJson.of(evaluation));
      } else {
        print(output.out(), evaluation);
      }
    }
    return ExitCode.OK;
  }

  private static void print(PrintStream out, Scores evaluation) {
    ClassificationReport report =
        ClassificationReport.of(evaluation.confusionMatrix().orElseThrow());
    out.println(evaluation);
    out.println(
        "accuracy on more images of this kind: "
            + ConfidenceInterval.wilson(evaluation.correct(), evaluation.total()));
    out.println();
    out.print(report);
    report.notes().forEach(out::println);
    out.println();
    out.print(evaluation.confusionMatrix().orElseThrow());
  }
}
