package io.github.convnet4j.data;

import java.util.Optional;

/** Examples in groups that are drawn together. */
final class GroupedExamples extends SourceView {
  private final Groups groups;

  GroupedExamples(Source all, Groups groups) {
    super(all);
    if (groups.size() != all.size()) {
      throw new IllegalArgumentException(
          "groups must be %d, one for each example: %d".formatted(all.size(), groups.size()));
    }
    this.groups = groups;
  }

  @Override
  public Optional<Groups> groups() {
    return Optional.of(groups);
  }

  @Override
  public Source grouped(Groups others) {
    return new GroupedExamples(all, others);
  }

  @Override
  public Source select(int[] indices) {
    return new GroupedExamples(all.select(indices), groups.select(indices));
  }

  @Override
  public String toString() {
    return "%s, in %d groups".formatted(all, groups.count());
  }
}
