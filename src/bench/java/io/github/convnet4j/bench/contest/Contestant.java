package io.github.convnet4j.bench.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Who takes part in a contest.
 *
 * @param name as the user names it
 * @param description what it is, in a line
 * @param command how it is started; the net's name and the work's folder come behind
 * @param needs a file that is there when the contestant is installed
 * @param installation the command that installs it, for a message
 * @param environment variables of its process, besides those that all have
 */
record Contestant(
    String name,
    String description,
    List<String> command,
    Path needs,
    String installation,
    Map<String, String> environment) {
  Contestant {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Without variables of its own. */
  Contestant(
      String name, String description, List<String> command, Path needs, String installation) {
    this(name, description, command, needs, installation, Map.of());
  }

  /** The same with these variables. */
  Contestant with(Map<String, String> variables) {
    return new Contestant(name, description, command, needs, installation, variables);
  }

  boolean isInstalled() {
    return Files.exists(needs);
  }
}
