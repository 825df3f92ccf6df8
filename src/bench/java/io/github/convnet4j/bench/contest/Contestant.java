package io.github.convnet4j.bench.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that takes part in a contest.
 *
 * @param name the name that the user types
 * @param description what it is, in one line
 * @param command the command that starts it, without the arguments for the network and the work
 *     folder
 * @param needs a file that exists if the contestant is installed
 * @param installation the command that installs it, for a message
 * @param environment additional environment variables of its process
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

  /** Creates a contestant without additional environment variables. */
  Contestant(
      String name, String description, List<String> command, Path needs, String installation) {
    this(name, description, command, needs, installation, Map.of());
  }

  /** Returns a copy with these environment variables. */
  Contestant with(Map<String, String> variables) {
    return new Contestant(name, description, command, needs, installation, variables);
  }

  boolean isInstalled() {
    return Files.exists(needs);
  }
}
