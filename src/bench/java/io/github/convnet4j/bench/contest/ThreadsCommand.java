package io.github.convnet4j.bench.contest;

import static io.github.convnet4j.bench.contest.ContestOptions.atLeastOne;

import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.bench.stats.Quartiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares several threads that predict single images with one network to a single thread. */
@Command(
    name = "threads",
    description = "images per second that several threads predict, compared with one thread")
public final class ThreadsCommand implements Runnable {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "number of threads (default: ${DEFAULT-VALUE})")
  private int threads = 2;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "images per thread and turn (default: ${DEFAULT-VALUE})")
  private int images = 1000;

  @Mixin private ContestOptions options = new ContestOptions();

  /**
   * A contestant's result.
   *
   * @param oneThread images per second with one thread
   * @param allThreads images per second of all threads together
   * @param gain the latter divided by the former, round by round
   */
  record Outcome(
      String name,
      String description,
      String engine,
      Quartiles oneThread,
      Quartiles allThreads,
      Quartiles gain) {}

  /** All results, for the JSON file. */
  record Outcomes(String net, int threads, int images, int rounds, List<Outcome> contestants) {}

  @Override
  public void run() {
    atLeastOne("--threads", threads);
    atLeastOne("--images", images);
    Outcomes outcomes = options.hold(1, this::measure);
    options.results().show("threads-" + options.net(), table(outcomes), outcomes);
  }

  private Outcomes measure(Contest contest) {
    contest.askAll("threads %d %d".formatted(threads, images));
    Map<String, List<Double>> one = new LinkedHashMap<>();
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (int round = 0; round < options.rounds(); round++) {
      add(one, contest.play("threads 1 " + images, 1), images);
      add(all, contest.play("threads %d %d".formatted(threads, images), 1), threads * images);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Player player : contest.players()) {
      List<Double> alone = one.get(player.name());
      List<Double> together = all.get(player.name());
      double[] gains = new double[alone.size()];
      for (int round = 0; round < gains.length; round++) {
        gains[round] = together.get(round) / alone.get(round);
      }
      outcomes.add(
          new Outcome(
              player.name(),
              player.description(),
              player.engine(),
              Quartiles.of(alone),
              Quartiles.of(together),
              Quartiles.of(gains)));
    }
    return new Outcomes(options.net(), threads, images, options.rounds(), outcomes);
  }

  /** Adds a round's rates, in images per second. */
  private static void add(
      Map<String, List<Double>> rates, Map<String, List<Turn>> turns, int predicted) {
    turns.forEach(
        (name, its) ->
            rates
                .computeIfAbsent(name, key -> new ArrayList<>())
                .add(predicted / its.get(0).total()));
  }

  private static String table(Outcomes outcomes) {
    TextTable table =
        new TextTable(
            "contestant",
            "images/s, 1 thread",
            "images/s, %d threads".formatted(outcomes.threads()),
            "gain",
            "what it is");
    for (Outcome outcome : outcomes.contestants()) {
      table.add(
          outcome.name(),
          Format.rate(outcome.oneThread()),
          Format.rate(outcome.allThreads()),
          Format.ratio(outcome.gain()),
          outcome.description() + "; " + outcome.engine());
    }
    return "%s, single images, %d rounds of %d a thread; median [quartiles]%n%s"
        .formatted(outcomes.net(), outcomes.rounds(), outcomes.images(), table);
  }
}
