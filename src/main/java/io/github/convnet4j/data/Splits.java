package io.github.convnet4j.data;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Splits examples into two parts, or into folds for cross-validation:
 *
 * <pre>{@code
 * Split<DataSet> split = Splits.of(slices).grouped(Groups.of(patients)).seed(7).share(0.2);
 * model.fit(split.train(), epochs(10).validateOn(split.test()));
 *
 * for (Split<DataSet> fold : Splits.of(slices).folds(5)) {
 *   … // each slice is a test example of exactly one fold
 * }
 * }</pre>
 *
 * <p>A {@link DataSet} is split class by class, so that both sides have each class in proportion.
 * Examples of a {@linkplain Groups group} always stay together; sizes and proportions are then met
 * as closely as the groups allow. The same seed gives the same split. Immutable.
 *
 * @param <S> type of the examples
 */
public final class Splits<S extends Source> {
  private final S examples;
  private final Function<int[], S> select;
  private final Optional<Groups> groups;
  private final int[] strata;
  private final int seed;

  private Splits(
      S examples, Function<int[], S> select, Optional<Groups> groups, int[] strata, int seed) {
    this.examples = examples;
    this.select = select;
    this.groups = groups;
    this.strata = strata;
    this.seed = seed;
  }

  /** Returns splits of a data set, class by class. */
  public static Splits<DataSet> of(DataSet images) {
    return new Splits<>(images, images::select, images.groups(), images.labels(), 0);
  }

  /** Returns splits of any examples, which take no account of classes. */
  public static Splits<Source> of(Source examples) {
    return new Splits<>(examples, examples::select, examples.groups(), new int[examples.size()], 0);
  }

  /** Returns splits that keep the examples of each group together. */
  public Splits<S> grouped(Groups by) {
    requireNonNull(by, "groups");
    checkSize("groups", by.size());
    return new Splits<>(examples, select, Optional.of(by), strata, seed);
  }

  /**
   * Returns splits that keep classes in proportion which are not those of a data set.
   *
   * @param classes of each example, at least 0
   */
  public Splits<S> stratified(int... classes) {
    checkSize("classes", classes.length);
    for (int label : classes) {
      Require.atLeast("class", label, 0);
    }
    return new Splits<>(examples, select, groups, classes.clone(), seed);
  }

  /** Returns splits that take no account of classes. */
  public Splits<S> unstratified() {
    return new Splits<>(examples, select, groups, new int[examples.size()], seed);
  }

  /** Returns splits of another seed; it is 0 by default. */
  public Splits<S> seed(int newSeed) {
    return new Splits<>(examples, select, groups, strata, newSeed);
  }

  private void checkSize(String what, int size) {
    if (size != examples.size()) {
      throw new IllegalArgumentException(
          "%s must be %d, one for each example: %d".formatted(what, examples.size(), size));
    }
  }

  /**
   * Returns two parts.
   *
   * @param share of the examples that are to be tested on, above 0 and below 1; each part has at
   *     least one example, or group
   * @throws IllegalArgumentException if there are fewer than two examples or groups
   */
  public Split<S> share(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be above 0 and below 1: " + share);
    }
    checkEnough("share", 2);
    int wanted = (int) Math.round(share * examples.size());
    int count = Math.min(Math.max(1, wanted), examples.size() - 1);
    int[] drawn = groups.map(by -> by.draw(order(), count, strata)).orElseGet(() -> drawn(count));
    boolean[] test = new boolean[examples.size()];
    for (int index : drawn) {
      test[index] = true;
    }
    return split(test);
  }

  private int[] drawn(int count) {
    int[] sizes = new int[classes()];
    for (int label : strata) {
      sizes[label]++;
    }
    int[] wanted = sizes.length == 1 ? new int[] {count} : ClassShare.of(sizes, count);
    return Arrays.stream(order()).filter(i -> wanted[strata[i]]-- > 0).toArray();
  }

  /**
   * Returns the splits of a cross-validation: the examples are dealt out to folds, and each fold is
   * tested on once.
   *
   * @param count number of folds, at least 2, and at most the number of examples, or groups
   */
  public List<Split<S>> folds(int count) {
    Require.atLeast("count", count, 2);
    checkEnough("count", count);
    int[] foldOf =
        groups
            .map(by -> ofGroups(by, count))
            .orElseGet(() -> Folds.ofExamples(order(), strata, count));
    List<Split<S>> splits = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      boolean[] test = new boolean[foldOf.length];
      for (int i = 0; i < test.length; i++) {
        test[i] = foldOf[i] == fold;
      }
      splits.add(split(test));
    }
    return List.copyOf(splits);
  }

  private int[] ofGroups(Groups by, int count) {
    int[] ofGroups = Folds.ofGroups(by.table(strata), by.inOrder(order()), count);
    return IntStream.range(0, by.size()).map(i -> ofGroups[by.number(i)]).toArray();
  }

  private void checkEnough(String argument, int needed) {
    int parts = groups.map(Groups::count).orElse(examples.size());
    if (parts < needed) {
      throw new IllegalArgumentException(
          "%s needs at least %d %s: there are %d"
              .formatted(argument, needed, groups.isPresent() ? "groups" : "examples", parts));
    }
  }

  private int classes() {
    return Arrays.stream(strata).max().orElseThrow() + 1;
  }

  private int[] order() {
    return EpochOrder.of(examples.size(), seed).next();
  }

  private Split<S> split(boolean[] test) {
    int[] trainIndices = IntStream.range(0, test.length).filter(i -> !test[i]).toArray();
    int[] testIndices = IntStream.range(0, test.length).filter(i -> test[i]).toArray();
    return new Split<>(
        select.apply(trainIndices), trainIndices, select.apply(testIndices), testIndices);
  }
}
