package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.process.ResidentMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Contestants that run, each in its own process, and take turns in each round. */
final class Contest implements AutoCloseable {
  /** OpenMP's threads keep a core busy for 200 ms after their work is finished. */
  private static final long PAUSE_MILLISECONDS = 300;

  private final List<Player> players = new ArrayList<>();

  private Contest() {}

  /** Starts all contestants, one after the other. */
  static Contest start(List<Contestant> contestants, String net, Path work) {
    Contest contest = new Contest();
    try {
      for (Contestant contestant : contestants) {
        System.err.println("starting " + contestant.name());
        contest.players.add(Player.start(contestant, net, work));
      }
      return contest;
    } catch (RuntimeException | Error e) {
      contest.close();
      throw e;
    }
  }

  List<Player> players() {
    return List.copyOf(players);
  }

  /** Sends all the same request; the time does not count. For warm-ups, and training beforehand. */
  Map<String, Answer> askAll(String request) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Player player : players) {
      System.err.printf("%s: %s (does not count)%n", player.name(), request);
      answers.put(player.name(), player.ask(request));
    }
    return answers;
  }

  /**
   * Sends a request in turns: to the first contestant, then to the second, and so on, in each
   * round.
   *
   * @return each contestant's turns by name, in the contestants' order
   */
  Map<String, List<Turn>> play(String request, int rounds) {
    return play(request, rounds, false);
  }

  /** Does the same as {@link #play(String, int)}, and also measures each turn's peak of memory. */
  Map<String, List<Turn>> playResettingPeaks(String request, int rounds) {
    return play(request, rounds, true);
  }

  private Map<String, List<Turn>> play(String request, int rounds, boolean resetPeaks) {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    players.forEach(player -> turns.put(player.name(), new ArrayList<>()));
    for (int round : IntStream.rangeClosed(1, rounds).toArray()) {
      System.err.printf("round %d of %d: %s%n", round, rounds, request);
      for (Player player : players) {
        turns.get(player.name()).add(turn(player, request, resetPeaks));
      }
    }
    return turns;
  }

  private static Turn turn(Player player, String request, boolean resetPeak) {
    pause();
    ResidentMemory memory = player.memory();
    boolean reset = resetPeak && memory.resetPeak();
    OptionalLong before = memory.now();
    Answer answer = player.ask(request);
    OptionalLong peak = memory.peak();
    boolean measured = reset && before.isPresent() && peak.isPresent();
    return new Turn(
        answer,
        peak,
        measured ? OptionalLong.of(peak.getAsLong() - before.getAsLong()) : OptionalLong.empty());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two turns", e);
    }
  }

  @Override
  public void close() {
    players.forEach(Player::close);
  }
}
