package io.github.convnet4j.bench;

import io.github.convnet4j.bench.contest.EvaluateCommand;
import io.github.convnet4j.bench.contest.LatencyCommand;
import io.github.convnet4j.bench.contest.StepsCommand;
import io.github.convnet4j.bench.contest.ThreadsCommand;
import io.github.convnet4j.bench.folder.DecodingCommand;
import io.github.convnet4j.bench.folder.FolderCommand;
import io.github.convnet4j.bench.growth.EstimateCommand;
import io.github.convnet4j.bench.growth.GrowthCommand;
import io.github.convnet4j.bench.memory.MemoryCommand;
import io.github.convnet4j.bench.overhead.OverheadCommand;
import io.github.convnet4j.bench.pieces.PiecesCommand;
import io.github.convnet4j.bench.profile.ProfileCommand;
import io.github.convnet4j.bench.start.StartCommand;
import io.github.convnet4j.data.DataException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command that runs the benchmarks; {@code docs/benchmarks.md} describes them. */
@Command(
    name = "bench",
    description = "Runs the benchmarks; NAME --help describes each.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    subcommands = {
      StepsCommand.class,
      OverheadCommand.class,
      ProfileCommand.class,
      EvaluateCommand.class,
      LatencyCommand.class,
      ThreadsCommand.class,
      PiecesCommand.class,
      FolderCommand.class,
      DecodingCommand.class,
      MemoryCommand.class,
      StartCommand.class,
      GrowthCommand.class,
      EstimateCommand.class,
    })
public final class Bench implements Runnable {
  private static final int USAGE = 2;

  private Bench() {}

  /** Runs the benchmark that the first argument names, with the options that follow it. */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Bench());
    command.setExecutionExceptionHandler(
        (exception, where, parsed) -> {
          if (exception instanceof UsageException || exception instanceof DataException) {
            System.err.println(exception.getMessage());
            return USAGE;
          }
          throw exception;
        });
    System.exit(command.execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
