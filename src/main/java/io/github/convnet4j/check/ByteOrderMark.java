package io.github.convnet4j.check;

/** The mark with which some editors begin a text in UTF-8. It is no part of the text. */
public final class ByteOrderMark {
  private static final String MARK = "\uFEFF";

  private ByteOrderMark() {}

  /** Returns a text without the mark at its beginning, if there is one. */
  public static String skip(String text) {
    return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
  }
}
