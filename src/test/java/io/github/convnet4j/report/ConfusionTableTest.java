package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

class ConfusionTableTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          List.of("cat", "dog", "eel"),
          new int[] {0, 0, 0, 0, 1, 1, 1, 2},
          new int[] {0, 0, 0, 1, 2, 2, 1, 2});

  @Test
  void colorsGrowWithTheShareAndWithTheMistakes() {
    Elements rows = Jsoup.parse(ConfusionTable.html(MATRIX)).select("tbody tr");
    // Correct: 3 of 4, 1 of 3, 1 of 1; from 0.15 for none to 0.75 for all.
    assertColour("43 108 176 / 0.60", rows.get(0).select("td").get(0));
    assertColour("43 108 176 / 0.35", rows.get(1).select("td").get(1));
    assertColour("43 108 176 / 0.75", rows.get(2).select("td").get(2));
    // Mistakes: 1 and 2, where 2 is the largest count.
    assertColour("217 96 26 / 0.45", rows.get(0).select("td").get(1));
    assertColour("217 96 26 / 0.75", rows.get(1).select("td").get(2));
    assertEquals("zero", rows.get(2).select("td").get(0).className());
  }

  private static void assertColour(String colour, Element cell) {
    assertEquals("background:rgb(" + colour + ")", cell.attr("style"));
  }

  @Test
  void mostCommonMistakesComeFirst() {
    assertEquals(
        "<p>Most common mistakes: dog as eel (2), cat as dog (1).</p>\n",
        ConfusionTable.mostCommon(MATRIX, 5));
    assertEquals(
        "<p>Most common mistakes: dog as eel (2).</p>\n", ConfusionTable.mostCommon(MATRIX, 1));
    ConfusionMatrix right = ConfusionMatrix.of(List.of("a"), new int[] {0}, new int[] {0});
    assertEquals("", ConfusionTable.mostCommon(right, 5));
  }

  @Test
  void tooManyClassesGiveASentenceInsteadOfATable() {
    List<String> names = IntStream.range(0, 101).mapToObj(String::valueOf).toList();
    ConfusionMatrix matrix = ConfusionMatrix.of(names, new int[] {3}, new int[] {100});
    String html = ConfusionTable.section(matrix, "").html();
    assertEquals(0, Jsoup.parse(html).select("table").size());
    assertTrue(html.contains("3 as 100 (1)"), html);
  }
}
