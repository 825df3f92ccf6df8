package io.github.convnet4j.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pieces of HTML. Text is escaped, HTML is not. */
final class Html {
  private Html() {}

  /** Escapes text, for use between tags and in double-quoted attributes. */
  static String text(String text) {
    StringBuilder html = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(isAllowed(c) ? c : 0xfffd);
              }
            });
    return html.toString();
  }

  /** Whether HTML can show it: neither a control character nor an unpaired surrogate. */
  private static boolean isAllowed(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    return !control && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** Formats a number; one that is not finite in words. */
  static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "not a number";
  }

  /** Formats a number with four significant digits, and without zeros at the end. */
  static String significant(double value) {
    if (!Double.isFinite(value)) {
      return number("%s", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    return rounded.signum() == 0
        ? "0"
        : Math.abs(rounded.precision() - rounded.scale()) > 6
            ? rounded.toString()
            : rounded.toPlainString();
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String percent(double share) {
    return number("%.2f %%", 100 * share);
  }

  /**
   * Returns an image element that holds its own data.
   *
   * @param alt what it shows, as plain text
   */
  static String picture(BufferedImage image, String alt) {
    return String.format(
        Locale.ROOT,
        "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">",
        image.getWidth(),
        image.getHeight(),
        text(alt),
        Base64.getEncoder().encodeToString(png(image)));
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory, because ImageIO would otherwise create a temporary file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java runtime cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns a figure with its caption; both are HTML. */
  static String figure(String content, String caption) {
    return "<figure>%s<figcaption>%s</figcaption></figure>\n".formatted(content, caption);
  }

  /** Returns a paragraph of HTML. */
  static String paragraph(String html) {
    return "<p>" + html + "</p>\n";
  }

  /** Returns a region that can be scrolled, by keyboard too, for content wider than the page. */
  static String scrolling(String label, String html) {
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n%s</div>\n"
        .formatted(text(label), html);
  }

  /**
   * Returns a table of plain text. The first cell of each row is its heading; the other columns
   * hold numbers.
   */
  static String table(String label, List<String> head, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
    head.forEach(cell -> html.append("<th scope=\"col\">").append(text(cell)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(text(row.get(0))).append("</th>");
      row.stream().skip(1).forEach(cell -> html.append("<td>").append(text(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    return scrolling(label, html.append("</tbody>\n</table>\n").toString());
  }

  /** Returns a list of names and values. */
  static String facts(List<Fact> facts) {
    StringBuilder html = new StringBuilder("<dl>\n");
    for (Fact fact : facts) {
      html.append(
          "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(text(fact.name()), text(fact.value())));
    }
    return html.append("</dl>\n").toString();
  }
}
