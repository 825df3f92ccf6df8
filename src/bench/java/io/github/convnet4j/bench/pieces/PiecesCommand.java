package io.github.convnet4j.bench.pieces;

import io.github.convnet4j.bench.report.Results;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks. */
@Command(name = "pieces", description = "the pieces of training, each on its own, with JMH")
public final class PiecesCommand implements Runnable {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "the benchmarks: BatchAssembly, Feeding, … or part of a name (default: all)")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--forks",
      description = "number of JVMs, one after the other (default: ${DEFAULT-VALUE})")
  private int forks = 2;

  @Option(
      names = "--iterations",
      description = "measured iterations, and half as many to warm up (default: ${DEFAULT-VALUE})")
  private int iterations = 10;

  @Option(names = "--seconds", description = "duration of an iteration (default: ${DEFAULT-VALUE})")
  private int seconds = 1;

  @Mixin private Results results = new Results();

  @Override
  public void run() {
    OptionsBuilder options = new OptionsBuilder();
    names.forEach(options::include);
    if (names.isEmpty()) {
      options.include(PiecesCommand.class.getPackageName().replace(".", "\\."));
    }
    options
        .forks(forks)
        .warmupIterations((iterations + 1) / 2)
        .warmupTime(TimeValue.seconds(seconds))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.seconds(seconds))
        .resultFormat(ResultFormatType.JSON)
        .result(results.file("pieces.json").toString());
    try {
      new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run the benchmarks", e);
    }
  }
}
