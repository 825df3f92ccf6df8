package io.github.convnet4j.bench.contest;

import io.github.convnet4j.bench.process.ResidentMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Contestants that are started, each in its process, and play round after round by turns. */
final class Contest implements AutoCloseable {
  /** OpenMP's threads keep a core busy for 200 ms after their work is done. */
  private static final long PAUSE_MILLISECONDS = 300;

  private final List<Player> players = new ArrayList<>();

  private Contest() {}

  /** Starts all, one after the other. */
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

  /** Asks all the same, and forgets how long it took: a warm-up, or training before what counts. */
  Map<String, Answer> askAll(String request) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Player player : players) {
      System.err.printf("%s: %s, does not count%n", player.name(), request);
      answers.put(player.name(), player.ask(request));
    }
    return answers;
  }

  /**
   * Asks by turns: first the first contestant, then the second, …, and so again in each round.
   *
   * @return each contestant's turns, by its name, in the contestants' order
   */
  Map<String, List<Turn>> play(String request, int rounds) {
    return play(request, rounds, false);
  }

  /** As {@link #play(String, int)}, with each turn's own peak of memory. */
  Map<String, List<Turn>> playWithPeaksAnew(String request, int rounds) {
    return play(request, rounds, true);
  }

  private Map<String, List<Turn>> play(String request, int rounds, boolean peaksAnew) {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    players.forEach(player -> turns.put(player.name(), new ArrayList<>()));
    for (int round : IntStream.rangeClosed(1, rounds).toArray()) {
      System.err.printf("round %d of %d: %s%n", round, rounds, request);
      for (Player player : players) {
        turns.get(player.name()).add(turn(player, request, peaksAnew));
      }
    }
    return turns;
  }

  private static Turn turn(Player player, String request, boolean peakAnew) {
    pause();
    ResidentMemory memory = player.memory();
    boolean fresh = peakAnew && memory.resetPeak();
    OptionalLong before = memory.now();
    Answer answer = player.ask(request);
    OptionalLong peak = memory.peak();
    boolean told = fresh && before.isPresent() && peak.isPresent();
    return new Turn(
        answer,
        peak,
        told ? OptionalLong.of(peak.getAsLong() - before.getAsLong()) : OptionalLong.empty());
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
