package io.github.convnet4j.examples;

/** Probe. */
public final class Examples {
  private Examples() {}

  public static void main(String[] args) {
    System.out.println(String.join("|", args));
    System.exit(2);
  }
}
