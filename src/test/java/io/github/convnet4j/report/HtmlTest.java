package io.github.convnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Property(tries = 300)
  void anyTextIsReadBackUnchanged(
      @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
    Document page =
        Jsoup.parse("<p title=\"%s\">%s</p>".formatted(Html.text(text), Html.text(text)));
    assertEquals(text, page.selectFirst("p").wholeText());
    assertEquals(text, page.selectFirst("p").attr("title"));
  }

  @Test
  void escapesMarkupInText() {
    assertEquals(
        "&lt;b&gt;&quot;cats&quot; &amp; dogs&#39;&lt;/b&gt;",
        Html.text("<b>\"cats\" & dogs'</b>"));
  }

  @Test
  void replacesCharactersThatHtmlCannotShow() {
    assertEquals("a\ufffdb\ufffd", Html.text("a\u0000b\ud83d"));
    assertEquals(
        "\ud83d\ude00 \ud55c", Html.text("\ud83d\ude00 \ud55c"), "surrogate pairs are kept");
  }

  @Test
  void numbersDoNotDependOnTheLocale() {
    assertEquals("1,234,567", Html.count(1_234_567));
    assertEquals("0.5000", Html.number("%.4f", 0.5));
    assertEquals("not a number", Html.number("%.4f", Double.NaN));
    assertEquals("98.76 %", Html.percent(0.9876));
  }

  @Test
  void significantDigitsAreFourWithoutZerosAtTheEnd() {
    assertEquals("57", Html.significant(57));
    assertEquals("12.68", Html.significant(12.678));
    assertEquals("0.001235", Html.significant(0.00123456));
    assertEquals("123500", Html.significant(123456));
    assertEquals("-0.5", Html.significant(-0.5));
    assertEquals("0", Html.significant(-0.0));
    assertEquals("1.235E+9", Html.significant(1234567890));
    assertEquals("1.5E-8", Html.significant(1.5e-8));
    assertEquals("not a number", Html.significant(Double.NaN));
  }
}
