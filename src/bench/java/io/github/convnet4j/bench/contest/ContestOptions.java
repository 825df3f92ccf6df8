package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.BenchData;
import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.LectureNets;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all contests have in common. */
final class ContestOptions {
  /** The lecture's two networks, and the one beyond it, with batch norm, that only we have. */
  enum Net {
    ex11_8,
    ex11_9,
    ex11_10
  }

  @Option(
      names = "--net",
      paramLabel = "ex11_8|ex11_9|ex11_10",
      description =
          "the network; ex11_10 has loop, fit and fit-… alone (default: ${DEFAULT-VALUE})")
  private Net net = Net.ex11_9;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "turns of each contestant (default: ${DEFAULT-VALUE})")
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
   * Holds a contest.
   *
   * @param steps that each contestant trains, at most
   * @param course what happens in it
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

  /** The number itself, if it is one that can be. */
  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException("%s must be at least 1: %d".formatted(option, value));
    }
    return value;
  }
}
