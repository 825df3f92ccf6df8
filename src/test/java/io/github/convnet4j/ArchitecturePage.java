package io.github.convnet4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * What {@code docs/architecture.md} says.
 *
 * @param uses the packages that each package uses
 * @param drawn the arrows of the picture: the packages that each package points to
 * @param withTensorFlow the packages that are drawn as using TensorFlow
 * @param step the arrows of a training step
 * @param mentioned types, or types with a method, that are mentioned anywhere
 */
record ArchitecturePage(
    Map<String, Set<String>> uses,
    Map<String, Set<String>> drawn,
    Set<String> withTensorFlow,
    List<Call> step,
    Set<String> mentioned) {
  private static final Path PAGE = Path.of("docs", "architecture.md");
  private static final Path PICTURE = Path.of("docs", "pictures", "architecture.svg");

  private static final Pattern USES = Pattern.compile("(?m)^    ([a-z]+) \u2192(.*)$");
  private static final Pattern ARROW =
      Pattern.compile("(?m)^\\| (\\d+) \\| `(\\w+)` \\| `([\\w.]+)\\.(\\w+)` \\|");
  private static final Pattern TYPE = Pattern.compile("`((?:[A-Z]\\w+)(?:\\.\\w+)*)`");

  /**
   * A call in a training step.
   *
   * @param number as the page counts, from 1
   * @param from simple name of the type that calls
   * @param to simple name of the type that is called, with that of a type around it
   * @param method name of the method
   */
  record Call(int number, String from, String to, String method) {}

  static ArchitecturePage read() {
    try {
      String page = Files.readString(PAGE);
      Document picture = Jsoup.parse(Files.readString(PICTURE), "", Parser.xmlParser());
      return new ArchitecturePage(
          uses(page), drawn(picture), withTensorFlow(picture), step(page), mentioned(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Set<String>> uses(String page) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (MatchResult line : USES.matcher(page).results().toList()) {
      Set<String> used = new TreeSet<>(List.of(line.group(2).strip().split(", ")));
      used.remove("");
      uses.put(line.group(1), used);
    }
    return uses;
  }

  private static Map<String, Set<String>> drawn(Document picture) {
    Map<String, Set<String>> drawn = new TreeMap<>();
    for (Element box : picture.select("rect[data-package]")) {
      drawn.put(box.attr("data-package"), new TreeSet<>());
    }
    for (Element arrow : picture.select("path[data-from]")) {
      drawn.get(arrow.attr("data-from")).add(arrow.attr("data-to"));
    }
    return drawn;
  }

  private static Set<String> withTensorFlow(Document picture) {
    return new TreeSet<>(picture.select("rect.tensorflow[data-package]").eachAttr("data-package"));
  }

  private static List<Call> step(String page) {
    List<Call> step = new ArrayList<>();
    for (MatchResult row : ARROW.matcher(page).results().toList()) {
      step.add(new Call(Integer.parseInt(row.group(1)), row.group(2), row.group(3), row.group(4)));
    }
    return step;
  }

  private static Set<String> mentioned(String page) {
    Set<String> mentioned = new TreeSet<>();
    TYPE.matcher(page).results().forEach(found -> mentioned.add(found.group(1)));
    return mentioned;
  }
}
