package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.evaluate.ClassificationReport;
import io.github.convnet4j.evaluate.ConfidenceInterval;
import io.github.convnet4j.evaluate.Evaluation;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = {
      "Says how often a model is right, class by class, on images whose classes are known.",
      "",
      "Pictures are made what those were that it was trained on: scaled, grey, inverted. The test"
          + " images of --data are those that train left alone, if it was given the same --data."
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

  @Option(names = "--json", description = "print the numbers as JSON instead")
  private boolean json;

  @Override
  int run(Output output) {
    try (Classifier classifier = ModelFolder.load(model)) {
      Evaluation evaluation = classifier.evaluate(data.read(output, classifier));
      if (json) {
        output.out().println(EvaluationJson.of(evaluation));
      } else {
        print(output.out(), evaluation);
      }
    }
    return ExitCode.OK;
  }

  private static void print(PrintStream out, Evaluation evaluation) {
    ClassificationReport report = ClassificationReport.of(evaluation.confusionMatrix());
    out.println(evaluation);
    out.println(
        "accuracy on more images of the kind: "
            + ConfidenceInterval.wilson(evaluation.correct(), evaluation.total()));
    out.println();
    out.print(report);
    report.notes().forEach(out::println);
    out.println();
    out.print(evaluation.confusionMatrix());
  }
}
