package io.github.convnet4j.check;

import java.util.List;

/** Names in a message. */
public final class NameList {
  private NameList() {}

  /** Lists the first few names, and says how many more there are. */
  public static String some(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, most)), names.size() - most);
  }
}
