package io.github.convnet4j.model;

import io.github.convnet4j.layer.Parameter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which variables of a network are frozen. Immutable. */
final class Frozen {
  private final List<Parameter> all;
  private final SortedSet<String> names;

  private Frozen(List<Parameter> all, Collection<String> names) {
    this.all = all;
    this.names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /**
   * Freezes no variable.
   *
   * @param all the variables of the network
   */
  static Frozen none(List<Parameter> all) {
    return new Frozen(all, Set.of());
  }

  /**
   * Returns the paths of the frozen layers, sorted; none is within another. Only where part of a
   * layer was unfrozen, there are also names of variables.
   */
  Set<String> names() {
    return names;
  }

  /** Returns the variables of the network, of which the frozen ones are not trainable. */
  List<Parameter> parameters() {
    return all.stream().map(p -> contains(p.name()) ? p.frozen() : p).toList();
  }

  /** Whether a layer or variable is frozen, or is within a frozen layer. */
  boolean contains(String path) {
    return !names.isEmpty() && isIn(names, path);
  }

  private static boolean isIn(Set<String> layers, String path) {
    for (String part = path; !part.isEmpty(); part = PathPattern.parent(part)) {
      if (layers.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Freezes what the patterns match, too. */
  Frozen freeze(List<String> patterns) {
    Set<String> frozen = new HashSet<>(names);
    frozen.addAll(matching("freeze", patterns));
    return new Frozen(
        all, frozen.stream().filter(name -> !isIn(frozen, PathPattern.parent(name))).toList());
  }

  /** Freezes no longer what the patterns match. */
  Frozen unfreeze(List<String> patterns) {
    Set<String> matched = matching("unfreeze", patterns);
    Set<String> around = new HashSet<>();
    for (String path : matched) {
      for (String p = PathPattern.parent(path); !p.isEmpty(); p = PathPattern.parent(p)) {
        around.add(p);
      }
    }
    Set<String> frozen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (isIn(matched, name)) {
        continue;
      }
      if (around.contains(name)) {
        open.addAll(directlyWithin(name));
      } else {
        frozen.add(name);
      }
    }
    return new Frozen(all, frozen);
  }

  /** Returns the paths of the layers and variables directly within a layer. */
  private Set<String> directlyWithin(String layer) {
    Set<String> within = new LinkedHashSet<>();
    for (Parameter parameter : all) {
      String name = parameter.name();
      if (name.startsWith(layer + "/")) {
        int end = name.indexOf('/', layer.length() + 1);
        within.add(end < 0 ? name : name.substring(0, end));
      }
    }
    return within;
  }

  private Set<String> matching(String method, List<String> patterns) {
    Set<String> paths = new LinkedHashSet<>();
    for (Parameter parameter : all) {
      for (String p = parameter.name(); !p.isEmpty(); p = PathPattern.parent(p)) {
        paths.add(p);
      }
    }
    Set<String> matching = new HashSet<>();
    for (String text : patterns) {
      PathPattern pattern = new PathPattern(text);
      List<String> found = paths.stream().filter(pattern::matches).toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "%s: name must be one of the layers with variables, %s: %s"
                .formatted(method, layers(), text));
      }
      matching.addAll(found);
    }
    return matching;
  }

  /** Returns the names of the outermost layers with variables. */
  private Set<String> layers() {
    return all.stream()
        .map(p -> p.name().substring(0, p.name().indexOf('/')))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
