package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.report.Report;
import io.github.convnet4j.train.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = {
      "Writes a page on what a model has learned: curves, metrics, mistakes, filters, and, for"
          + " classes, what it looks at.",
      "",
      "The page is a single HTML file, which any browser opens without a server. Pictures are"
          + " prepared like those the model was trained on: scaled, turned grey, inverted."
    },
    footer = {
      "  convnet4j report my-digits --data digits --out report.html",
      "  convnet4j report cats-dogs --data pets --out cats-dogs.html --title 'Cats and dogs'",
      "  convnet4j report box-sizes --data boxes --targets sizes.csv --out box-sizes.html"
    })
final class ReportCommand extends Subcommand {
  @Parameters(paramLabel = "MODEL", description = ModelPath.DESCRIPTION)
  private Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "the HTML file to write; an existing file is replaced")
  private Path out;

  @Option(names = "--title", paramLabel = "TEXT", description = "the page's title")
  private String title;

  @Mixin private ModelData data;

  @Mixin private PrecisionOption precision;

  @ArgGroup(validate = false, heading = KerasOptions.HEADING)
  private KerasOptions keras = new KerasOptions();

  @Override
  int run(Output output) {
    if (Files.isDirectory(out)) {
      throw new UsageException("--out must be a file, such as report.html, not a folder: " + out);
    }
    try (Model<?> loaded = ModelPath.open(model, keras, data.pictureOptions(), precision, output)) {
      Source examples = data.read(output, loaded, KnownTask.of(model.toString(), loaded));
      Report plain = Report.of(loaded, examples).history(loaded.history());
      Report titled =
          title == null ? plain : UsageException.naming("--title", () -> plain.title(title));
      titled.write(out);
      output.out().println("Written to " + out);
    }
    return ExitCode.OK;
  }
}
