package io.github.convnet4j.reliability;

import io.github.convnet4j.commandline.Commands;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command that has run.
 *
 * @param code the exit code
 * @param messages what it printed, without what it said about data
 */
record Command(int code, List<String> messages) {
  private static final Pattern ABOUT_DATA =
      Pattern.compile(
          "(?:Data|Resuming|Task|Cache|Parts?|On disk|Writing|Checking|No|Left out|Epoch)\\b.*");

  static Command run(String... args) {
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code =
        Commands.execute(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(messages, true, StandardCharsets.UTF_8),
            args);
    return new Command(code, withoutData(messages.toString(StandardCharsets.UTF_8)));
  }

  static List<String> withoutData(String messages) {
    return messages.lines().filter(line -> !ABOUT_DATA.matcher(line).matches()).toList();
  }

  /**
   * A program that runs the commands in a file, one a line, whose words are separated by tabs. For
   * each it prints a line with its number, its exit code and its messages, separated by tabs.
   */
  public static void main(String[] args) throws Exception {
    int number = 0;
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      Command command = run(line.split("\t", -1));
      List<String> words = new ArrayList<>(List.of("" + number++, "" + command.code()));
      words.addAll(command.messages());
      System.out.println(String.join("\t", words));
    }
  }
}
