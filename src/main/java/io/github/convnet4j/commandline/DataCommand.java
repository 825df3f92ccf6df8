package io.github.convnet4j.commandline;

import io.github.convnet4j.data.ClassCounts;
import io.github.convnet4j.data.NearDuplicates;
import io.github.convnet4j.data.NearDuplicates.Pair;
import io.github.convnet4j.data.Source;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "data",
    description = {
      "Describes images before a network is trained on them.",
      "",
      "Prints how many images, or pixels, of each class there are in each part, and which test and"
          + " validation images look like training images: the same picture saved again, in another"
          + " size or brightness, or the next slice of the same scan. Such images make a model look"
          + " better than it is."
    },
    footer = {
      "  convnet4j data --data pets --size 64",
      "  convnet4j data --data scans --size 128 --groups 'patient(\\d+)'"
    })
final class DataCommand extends Subcommand {
  @Mixin private DataOptions data;

  @Mixin private PictureOptions pictures;

  @Mixin private TaskOptions tasks;

  @Option(
      names = "--list",
      paramLabel = "N",
      description = "how many near duplicates to name (default: ${DEFAULT-VALUE})")
  private int listed = 10;

  @Override
  int run(Output output) {
    if (listed < 0) {
      throw new UsageException("--list must be at least 0: " + listed);
    }
    TaskOptions.Read read = tasks.read(data, pictures.formatFor(data), output);
    Source train = read.data().train();
    Source validation = read.data().validation();
    Source test = read.data().test();
    PrintStream out = output.out();
    out.print(counts(read.task(), List.of(train, validation, test)));
    out.println();
    print(out, "test", read.data().trainAndValidation(), "training and validation", test);
    print(out, "validation", train, "training", validation);
    return ExitCode.OK;
  }

  private static TextTable counts(KnownTask task, List<Source> parts) {
    TextTable table = new TextTable();
    table.row(List.of("", "train", "validation", "test"));
    table.row(row("images", parts.stream().map(part -> (long) part.size()).toList()));
    List<Optional<ClassCounts>> counts = parts.stream().map(part -> counts(task, part)).toList();
    for (int c = 0; c < task.names().size(); c++) {
      int label = c;
      if (counts.get(0).isPresent()) {
        table.row(
            row(
                task.names().get(c),
                counts.stream().map(part -> part.orElseThrow().count(label)).toList()));
      }
    }
    return table;
  }

  private static Optional<ClassCounts> counts(KnownTask task, Source part) {
    return switch (task.kind()) {
      case CLASSIFICATION -> Optional.of(ClassCounts.of(part));
      case MULTI_LABEL -> Optional.of(ClassCounts.ofLabels(part));
      case REGRESSION -> Optional.empty();
      case SEGMENTATION -> Optional.of(ClassCounts.ofPixels(part, task.names().size()));
    };
  }

  private static List<String> row(String name, List<Long> numbers) {
    List<String> cells = new ArrayList<>(List.of(name));
    numbers.forEach(number -> cells.add(Long.toString(number)));
    return cells;
  }

  private void print(
      PrintStream out, String part, Source learned, String learnedPart, Source others) {
    NearDuplicates found = NearDuplicates.between(learned, others);
    out.printf(
        "Near duplicates of %s images: %d of the %d %s images, %d of them exact copies%n",
        learnedPart, found.size(), others.size(), part, found.exact());
    for (Pair pair : found.pairs().subList(0, Math.min(listed, found.size()))) {
      out.printf(
          "  %s: %s (%s)%n",
          others.name(pair.test()),
          learned.name(pair.train()),
          pair.exact() ? "exact" : "similarity " + TextTable.share(pair.similarity()));
    }
    if (found.size() > listed) {
      out.printf("  and %d more; --list %2$d names all%n", found.size() - listed, found.size());
    }
  }
}
