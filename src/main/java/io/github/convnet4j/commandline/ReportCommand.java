package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = {
      "Writes a page on what a model has learned: curves, measures, mistakes, filters, what it"
          + " looks at.",
      "",
      "It is one file of HTML, which opens in a browser from the disk. Pictures are made"
          + " what those were that it was trained on: scaled, grey, inverted."
    },
    footer = {
      "  convnet4j report my-digits --data digits --out report.html",
      "  convnet4j report cats-dogs --data pets --out cats-dogs.html --title 'Cats and dogs'"
    })
final class ReportCommand extends Subcommand {
  @Parameters(paramLabel = "MODEL", description = "the folder that train --out wrote")
  private Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "the page's file, which is replaced if it is there")
  private Path out;

  @Option(names = "--title", paramLabel = "TEXT", description = "the page's title")
  private String title;

  @Mixin private ModelData data;

  @Override
  int run(Output output) {
    if (Files.isDirectory(out)) {
      throw new UsageException("--out must be a file, as report.html, not a folder: " + out);
    }
    try (Classifier classifier = ModelFolder.load(model)) {
      DataSet images = data.read(output, classifier);
      Report plain = Report.of(classifier, images).history(classifier.history());
      Report titled =
          title == null ? plain : UsageException.blame("--title", () -> plain.title(title));
      titled.write(out);
      output.out().println("Written to " + out);
    }
    return ExitCode.OK;
  }
}
