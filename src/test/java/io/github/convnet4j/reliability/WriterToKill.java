package io.github.convnet4j.reliability;

import java.io.IOException;
import java.nio.file.Path;

/** The program that {@link KillWritersTest} kills: it writes again and again. */
final class WriterToKill {
  static final String BEGIN = "begin ";
  static final String END = "end ";

  private WriterToKill() {}

  /** The arguments are the way of writing, the folder, and the number of the first write. */
  public static void main(String[] args) throws IOException {
    Writers writer = Writers.valueOf(args[0]);
    Path folder = Path.of(args[1]);
    int first = Integer.parseInt(args[2]);
    for (int number = first + writer.writesAtOnce() - 1; ; number++) {
      writer.write(folder, number, new Herald());
    }
  }

  /** Prints a line for each write that begins or ends. */
  private static final class Herald implements Writers.Progress {
    @Override
    public void begin(int number) {
      System.out.println(BEGIN + number);
    }

    @Override
    public void end(int number) {
      System.out.println(END + number);
    }
  }
}
