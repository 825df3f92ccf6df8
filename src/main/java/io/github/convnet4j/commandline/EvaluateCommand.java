package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = {
      "Reports how good a model's predictions are, overall and for each class, label or number.",
      "",
      "Pictures are prepared like those the model was trained on: scaled, turned grey, inverted. If"
          + " --data is what train was given, its test images are those that train held out."
    },
    footer = {
      "  convnet4j evaluate my-digits --data digits",
      "  convnet4j evaluate cats-dogs --data pets --metrics roc_auc,log_loss",
      "  convnet4j evaluate cats-dogs --data holiday-pictures --part all",
      "  convnet4j evaluate box-sizes --data boxes --targets sizes.csv",
      "  convnet4j evaluate dogs.h5 --classes breeds.txt --pixels -1:1 --data dogs --part all",
      "  convnet4j evaluate my-digits --json > my-digits.json"
    })
final class EvaluateCommand extends Subcommand {
  @Parameters(paramLabel = "MODEL", description = ModelPath.DESCRIPTION)
  private Path model;

  @Mixin private ModelData data;

  @Mixin private PrecisionOption precision;

  @ArgGroup(validate = false, heading = KerasOptions.HEADING)
  private KerasOptions keras = new KerasOptions();

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      converter = MetricText.class,
      description = "more values to compute, such as f1,roc_auc; see train --metrics")
  private List<Metric> metrics = List.of();

  @Option(names = "--json", description = "print the results as JSON")
  private boolean json;

  @Override
  int run(Output output) {
    try (Model<?> loaded = ModelPath.open(model, keras, data.pictureOptions(), precision, output)) {
      KnownTask task = KnownTask.of(model.toString(), loaded);
      MetricText.check(
          "--metrics",
          metrics,
          task.kind(),
          loaded.tasks().get(0).task(),
          loaded.network().output());
      Source examples = data.read(output, loaded, task);
      EvaluationReport report = EvaluationReport.of(task, loaded, examples, metrics);
      if (json) {
        output.out().println(report.json().toPrettyString());
      } else {
        report.print(output.out());
      }
    }
    return ExitCode.OK;
  }
}
