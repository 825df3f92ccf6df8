package io.github.convnet4j.natives;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs code with another default locale. */
public final class Locales {
  private Locales() {}

  /** An action that can throw any exception. */
  public interface Action {
    void run() throws Exception;
  }

  /** Returns one locale for each set of digits in the JDK, except the ASCII digits. */
  public static List<Locale> withOtherDigits() {
    return Arrays.stream(Locale.getAvailableLocales())
        .filter(locale -> !String.format(locale, "%d", 1).equals("1"))
        .collect(
            Collectors.toMap(
                locale -> String.format(locale, "%d", 1),
                locale -> locale,
                (first, second) -> first,
                TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  /** Runs an action with a default locale, then restores the previous one. */
  public static void in(Locale locale, Action action) throws Exception {
    Locale all = Locale.getDefault();
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    Locale.setDefault(locale);
    try {
      action.run();
    } finally {
      Locale.setDefault(all);
      Locale.setDefault(Locale.Category.FORMAT, format);
      Locale.setDefault(Locale.Category.DISPLAY, display);
    }
  }
}
