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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the prediction of single images, one after the other, on one thread. */
@Command(name = "latency", description = "time to predict a single image: p50 and p99, in turns")
public final class LatencyCommand implements Runnable {
  private static final double P99 = 99;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "single images per turn (default: ${DEFAULT-VALUE})")
  private int images = 1000;

  @Option(
      names = "--trained",
      paramLabel = "N",
      description = "training steps beforehand (default: ${DEFAULT-VALUE})")
  private int trained = 100;

  @Mixin private ContestOptions options = new ContestOptions();

  /**
   * A contestant's result.
   *
   * @param p50 the median time in seconds, over all images of all turns
   * @param p99 the 99th percentile in seconds, over all images of all turns
   * @param ratioToFirst its median divided by that of the first contestant, round by round
   */
  record Outcome(
      String name,
      String description,
      String engine,
      double p50,
      double p99,
      Quartiles ratioToFirst) {}

  /** All results, for the JSON file. */
  record Outcomes(
      String net, int images, int rounds, List<Outcome> contestants, List<PairedRatio> pairs) {}

  @Override
  public void run() {
    atLeastOne("--images", images);
    Outcomes outcomes = options.hold(atLeastOne("--trained", trained), this::measure);
    options.results().show("latency-" + options.net(), table(outcomes), outcomes);
  }

  private Outcomes measure(Contest contest) {
    contest.askAll("train " + trained);
    contest.askAll("predict " + images);
    Map<String, List<Turn>> turns = contest.play("predict " + images, options.rounds());
    Map<String, List<Double>> medians = new LinkedHashMap<>();
    turns.forEach(
        (name, its) ->
            medians.put(
                name,
                its.stream().map(turn -> Quartiles.of(turn.answer().seconds()).median()).toList()));
    Comparison comparison = new Comparison(medians);
    List<Outcome> outcomes = new ArrayList<>();
    for (Player player : contest.players()) {
      double[] all =
          turns.get(player.name()).stream()
              .flatMap(turn -> turn.answer().seconds().stream())
              .mapToDouble(Double::doubleValue)
              .toArray();
      outcomes.add(
          new Outcome(
              player.name(),
              player.description(),
              player.engine(),
              Quartiles.of(all).median(),
              Quartiles.percentile(P99, all),
              comparison.toFirst(player.name()).ratio()));
    }
    return new Outcomes(options.net(), images, options.rounds(), outcomes, comparison.pairs());
  }

  private static String table(Outcomes outcomes) {
    TextTable table =
        new TextTable(
            "contestant",
            "p50 ms",
            "p99 ms",
            "p50 to " + outcomes.contestants().get(0).name(),
            "what it is");
    for (Outcome outcome : outcomes.contestants()) {
      table.add(
          outcome.name(),
          Format.milliseconds(outcome.p50()),
          Format.milliseconds(outcome.p99()),
          Format.ratio(outcome.ratioToFirst()),
          outcome.description() + "; " + outcome.engine());
    }
    return "%s, one image at a time, %d rounds of %d%n%s"
        .formatted(outcomes.net(), outcomes.rounds(), outcomes.images(), table);
  }
}
