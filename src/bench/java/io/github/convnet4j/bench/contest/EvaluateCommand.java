package io.github.convnet4j.bench.contest;

import static io.github.convnet4j.bench.contest.ContestOptions.atLeastOne;

import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.TextTable;
import io.github.convnet4j.bench.stats.PairedRatio;
import io.github.convnet4j.bench.stats.Quartiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the evaluation of all test images: the time and the extra memory. */
@Command(
    name = "evaluate",
    description = "time and extra memory of evaluating all test images, in turns")
public final class EvaluateCommand implements Runnable {
  @Option(
      names = "--trained",
      paramLabel = "N",
      description = "training steps beforehand (default: ${DEFAULT-VALUE})")
  private int trained = 100;

  @Mixin private ContestOptions options = new ContestOptions();

  /**
   * A contestant's result.
   *
   * @param seconds the time of each turn
   * @param correct the number of correctly classified images in the last turn
   * @param extraResidentBytes the peak during the first evaluation, whose time does not count,
   *     minus what was in memory after training; empty if not available
   */
  record Outcome(
      String name,
      String description,
      String engine,
      List<Double> seconds,
      Quartiles quartiles,
      Quartiles ratioToFirst,
      OptionalInt correct,
      OptionalLong extraResidentBytes) {}

  /** All results, for the JSON file. */
  record Outcomes(
      String net, int trained, int rounds, List<Outcome> contestants, List<PairedRatio> pairs) {}

  @Override
  public void run() {
    Outcomes outcomes = options.hold(atLeastOne("--trained", trained), this::measure);
    options.results().show("evaluate-" + options.net(), table(outcomes), outcomes);
  }

  private Outcomes measure(Contest contest) {
    contest.askAll("train " + trained);
    // Later evaluations reuse the memory of the first one.
    Map<String, List<Turn>> first = contest.playResettingPeaks("evaluate", 1);
    Map<String, List<Turn>> turns = contest.play("evaluate", options.rounds());
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    turns.forEach((name, its) -> seconds.put(name, its.stream().map(Turn::total).toList()));
    Comparison comparison = new Comparison(seconds);
    List<Outcome> outcomes = new ArrayList<>();
    for (Player player : contest.players()) {
      String name = player.name();
      List<Turn> its = turns.get(name);
      outcomes.add(
          new Outcome(
              name,
              player.description(),
              player.engine(),
              seconds.get(name),
              Quartiles.of(seconds.get(name)),
              comparison.toFirst(name).ratio(),
              its.get(its.size() - 1).correct(),
              first.get(name).get(0).extra()));
    }
    return new Outcomes(options.net(), trained, options.rounds(), outcomes, comparison.pairs());
  }

  private static String table(Outcomes outcomes) {
    TextTable table =
        new TextTable(
            "contestant",
            "ms",
            "to " + outcomes.contestants().get(0).name(),
            "correct",
            "extra MiB",
            "what it is");
    for (Outcome outcome : outcomes.contestants()) {
      table.add(
          outcome.name(),
          Format.milliseconds(outcome.quartiles()),
          Format.ratio(outcome.ratioToFirst()),
          outcome.correct().isPresent()
              ? Integer.toString(outcome.correct().getAsInt())
              : "not available",
          Format.mebibytes(outcome.extraResidentBytes()),
          outcome.description() + "; " + outcome.engine());
    }
    return "%s after %d steps, all test images, %d rounds; median [quartiles]%n%s"
        .formatted(outcomes.net(), outcomes.trained(), outcomes.rounds(), table);
  }
}
