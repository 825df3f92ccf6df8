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
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures training steps: assembling a batch, feeding it, training on it and fetching its cost.
 */
@Command(
    name = "steps",
    description = "time of a training step, in this library and in others, in turns")
public final class StepsCommand implements Runnable {
  private static final int COSTS_AVERAGED = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "steps before the ones that count (default: ${DEFAULT-VALUE})")
  private int warmUp = 50;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "steps per turn (default: ${DEFAULT-VALUE})")
  private int block = 30;

  @Mixin private ContestOptions options = new ContestOptions();

  /**
   * A contestant's result.
   *
   * @param secondsPerStep the time of all steps that count
   * @param mediansOfRounds the median time of each turn's steps, in seconds
   * @param ratioToFirst its time divided by that of the first contestant, round by round
   * @param firstCosts the mean cost of its first steps, in the warm-up
   * @param lastCosts the mean cost of its last steps
   * @param peakResidentBytes the peak memory of its process, including its start
   */
  record Outcome(
      String name,
      String description,
      String engine,
      Quartiles secondsPerStep,
      List<Double> mediansOfRounds,
      Quartiles ratioToFirst,
      double firstCosts,
      double lastCosts,
      OptionalLong peakResidentBytes) {}

  /** All results, for the JSON file. */
  record Outcomes(
      String net,
      int warmUp,
      int block,
      int rounds,
      List<Outcome> contestants,
      List<PairedRatio> pairs) {}

  @Override
  public void run() {
    int steps = atLeastOne("--warm-up", warmUp) + atLeastOne("--block", block) * options.rounds();
    Outcomes outcomes = options.hold(steps, this::measure);
    options.results().show("steps-" + options.net(), table(outcomes), outcomes);
  }

  private Outcomes measure(Contest contest) {
    Map<String, Answer> warm = contest.askAll("train " + warmUp);
    Map<String, List<Turn>> turns = contest.play("train " + block, options.rounds());
    Map<String, List<Double>> medians = new LinkedHashMap<>();
    turns.forEach(
        (name, its) -> medians.put(name, its.stream().map(StepsCommand::median).toList()));
    Comparison comparison = new Comparison(medians);
    List<Outcome> outcomes = new ArrayList<>();
    for (Player player : contest.players()) {
      String name = player.name();
      List<Turn> its = turns.get(name);
      List<Double> lastCosts = its.get(its.size() - 1).answer().costs();
      outcomes.add(
          new Outcome(
              name,
              player.description(),
              player.engine(),
              Quartiles.of(its.stream().flatMap(turn -> turn.answer().seconds().stream()).toList()),
              medians.get(name),
              comparison.toFirst(name).ratio(),
              mean(first(warm.get(name).costs())),
              mean(last(lastCosts)),
              its.stream().flatMapToLong(turn -> turn.peak().stream()).max()));
    }
    return new Outcomes(
        options.net(), warmUp, block, options.rounds(), outcomes, comparison.pairs());
  }

  private static double median(Turn turn) {
    return Quartiles.of(turn.answer().seconds()).median();
  }

  private static List<Double> first(List<Double> costs) {
    return costs.subList(0, Math.min(COSTS_AVERAGED, costs.size()));
  }

  private static List<Double> last(List<Double> costs) {
    return costs.subList(Math.max(0, costs.size() - COSTS_AVERAGED), costs.size());
  }

  private static double mean(List<Double> costs) {
    return costs.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static String table(Outcomes outcomes) {
    TextTable table =
        new TextTable(
            "contestant",
            "ms a step",
            "to " + outcomes.contestants().get(0).name(),
            "cost at first",
            "at last",
            "peak MiB",
            "what it is");
    for (Outcome outcome : outcomes.contestants()) {
      table.add(
          outcome.name(),
          Format.milliseconds(outcome.secondsPerStep()),
          Format.ratio(outcome.ratioToFirst()),
          Format.cost(outcome.firstCosts()),
          Format.cost(outcome.lastCosts()),
          Format.mebibytes(outcome.peakResidentBytes()),
          outcome.description() + "; " + outcome.engine());
    }
    return "%s, %d steps of warm-up, %d rounds of %d steps; median [quartiles]%n%s"
        .formatted(outcomes.net(), outcomes.warmUp(), outcomes.rounds(), outcomes.block(), table);
  }
}
