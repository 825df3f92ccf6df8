package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.BenchData;
import io.github.convnet4j.bench.NetOption;
import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.LectureNets;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all contests share. */
final class ContestOptions {
  @Option(
      names = "--net",
      paramLabel = NetOption.NETS,
      description =
          "the network; ex11_10 only works with loop, fit and fit-… (default: ${DEFAULT-VALUE})")
  private NetOption.Net net = NetOption.Net.ex11_9;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "number of turns of each contestant (default: ${DEFAULT-VALUE})")
  private int rounds = 15;

  @Mixin private BenchData data = new BenchData();
  @Mixin private Contestants contestants = new Contestants();
  @Mixin private Results results = new Results();

  String net() {
    return net.name();
  }

  int rounds() {
    return atLeastOne("--rounds", rounds);
  }

  Results results() {
    return results;
  }

  /**
   * Runs a contest.
   *
   * @param steps the number of steps that each contestant trains, at most
   * @param course the course of the contest
   */
  <T> T hold(int steps, Function<Contest, T> course) {
    var chosen = contestants.chosen();
    DataSets sets = data.read();
    System.err.println("Images: " + sets.summary());
    try (WorkFolder work = WorkFolder.write(sets, Work.BATCH_SIZE, steps, LectureNets.seed());
        Contest contest = Contest.start(chosen, net(), work.path())) {
      return course.apply(contest);
    }
  }

  /** Returns the number if it is at least 1. */
  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException("%s must be at least 1: %d".formatted(option, value));
    }
    return value;
  }
}
