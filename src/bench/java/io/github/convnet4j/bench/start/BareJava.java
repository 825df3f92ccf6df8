package io.github.convnet4j.bench.start;

/** A program that needs only the JVM. */
public final class BareJava {
  private BareJava() {}

  public static void main(String[] args) {
    System.out.println(Runtime.version());
  }
}
