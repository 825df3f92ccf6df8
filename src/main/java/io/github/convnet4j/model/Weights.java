package io.github.convnet4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tensorflow.ndarray.Shape;

/**
 * The values of variables, by name, on the heap: those of a model, a checkpoint or a graph, to load
 * into another network. Immutable, compared by content.
 *
 * <pre>{@code
 * Weights weights =
 *     Weights.builder()
 *         .add("conv2d/kernel", Shape.of(3, 3, 1, 8), kernel)
 *         .add("dense/bias", Shape.of(10), bias)
 *         .build();
 * Weights convolutions = weights.matching("conv2d*");   // conv2d/kernel
 * Weights renamed = convolutions.renamed("conv2d", "stem/conv2d");
 * }</pre>
 *
 * <p>Where a method takes patterns, each is the path of a layer, which stands for all its
 * variables, or the name of a variable; {@code *} stands for any characters.
 */
public final class Weights {
  private final Map<String, Variable> variables;

  private Weights(Map<String, Variable> variables) {
    this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** The shape and the values of a variable. */
  @SuppressWarnings("ArrayRecordComponent") // Copied when it enters and leaves the class.
  private record Variable(Shape shape, float[] values) {
    boolean hasContentOf(Variable other) {
      return shape.equals(other.shape) && Arrays.equals(values, other.values);
    }
  }

  /** Returns a builder without variables. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects variables. */
  public static final class Builder {
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a variable; the values are copied.
     *
     * @param name such as {@code "conv2d/kernel"}
     * @param shape known in every dimension
     * @param values row by row
     * @throws IllegalArgumentException if there is a variable of that name, or the number of values
     *     is not that of the shape
     */
    public Builder add(String name, Shape shape, float[] values) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("name must not be empty");
      }
      if (shape.isUnknown() || shape.hasUnknownDimension()) {
        throw new IllegalArgumentException(
            "%s: shape must be known in every dimension: %s".formatted(name, shape));
      }
      if (shape.size() != values.length) {
        throw new IllegalArgumentException(
            "%s: values must be as many as the shape %s has, %d: %d"
                .formatted(name, shape, shape.size(), values.length));
      }
      if (variables.putIfAbsent(name, new Variable(shape, values.clone())) != null) {
        throw new IllegalArgumentException("name must not be that of another variable: " + name);
      }
      return this;
    }

    /** Returns the variables added so far. */
    public Weights build() {
      return new Weights(variables);
    }
  }

  /** Returns the names of the variables, in the order in which they were added. */
  public Set<String> names() {
    return variables.keySet();
  }

  /** Whether there are no variables. */
  public boolean isEmpty() {
    return variables.isEmpty();
  }

  /** Returns the number of values in all variables. */
  public long valueCount() {
    return variables.values().stream().mapToLong(variable -> variable.values().length).sum();
  }

  /**
   * Returns the shape of a variable.
   *
   * @throws IllegalArgumentException if there is no variable of that name
   */
  public Shape shape(String name) {
    return variable(name).shape();
  }

  /**
   * Returns a copy of the values of a variable, row by row.
   *
   * @throws IllegalArgumentException if there is no variable of that name
   */
  public float[] values(String name) {
    return variable(name).values().clone();
  }

  private Variable variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException(
          "name must be one of the variables %s: %s".formatted(names(), name));
    }
    return variable;
  }

  /**
   * Returns only the variables that one of the patterns matches.
   *
   * @throws IllegalArgumentException if a pattern matches no variable
   */
  public Weights matching(String... patterns) {
    return only(coveredBy(patterns));
  }

  /**
   * Returns only the variables that none of the patterns matches.
   *
   * @throws IllegalArgumentException if a pattern matches no variable
   */
  public Weights without(String... patterns) {
    return only(coveredBy(patterns).negate());
  }

  private Predicate<String> coveredBy(String... patterns) {
    List<PathPattern> compiled = new ArrayList<>();
    for (String text : patterns) {
      PathPattern pattern = new PathPattern(text);
      if (names().stream().noneMatch(pattern::covers)) {
        throw new IllegalArgumentException(
            "pattern must match one of the variables %s: %s".formatted(names(), text));
      }
      compiled.add(pattern);
    }
    return name -> compiled.stream().anyMatch(pattern -> pattern.covers(name));
  }

  private Weights only(Predicate<String> kept) {
    Map<String, Variable> some = new LinkedHashMap<>(variables);
    some.keySet().removeIf(kept.negate());
    return new Weights(some);
  }

  /**
   * Returns a copy in which a layer or a variable has another path.
   *
   * @param from the path of a layer or the name of a variable; not a pattern
   * @param to the new path or name
   * @throws IllegalArgumentException if there is none with that path, or another variable has the
   *     new name
   */
  public Weights renamed(String from, String to) {
    Predicate<String> renamed = name -> name.equals(from) || name.startsWith(from + "/");
    if (names().stream().noneMatch(renamed)) {
      throw new IllegalArgumentException(
          "from must be a layer or one of the variables %s: %s".formatted(names(), from));
    }
    Map<String, Variable> all = new LinkedHashMap<>();
    variables.forEach(
        (name, variable) -> {
          String newName = renamed.test(name) ? to + name.substring(from.length()) : name;
          if (newName.isEmpty() || all.putIfAbsent(newName, variable) != null) {
            throw new IllegalArgumentException(
                "to must not be empty or give two variables one name, %s: %s"
                    .formatted(newName, to));
          }
        });
    return new Weights(all);
  }

  /** Whether the other weights have the same names, shapes and values, in any order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && names().equals(that.names())
        && names().stream()
            .allMatch(name -> variables.get(name).hasContentOf(that.variables.get(name)));
  }

  @Override
  public int hashCode() {
    return variables.entrySet().stream()
        .mapToInt(entry -> entry.getKey().hashCode() ^ Arrays.hashCode(entry.getValue().values()))
        .sum();
  }

  /** Returns the number of variables and values, and the names and shapes. */
  @Override
  public String toString() {
    List<String> shapes = new ArrayList<>();
    variables.forEach((name, variable) -> shapes.add(name + " " + variable.shape()));
    return "%d variables, %s values: %s"
        .formatted(
            variables.size(),
            String.format(Locale.ROOT, "%,d", valueCount()),
            String.join(", ", shapes));
  }
}
