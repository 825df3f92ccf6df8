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
 * @param environment variables that it is started with
 * @param needs a file that is there when the contestant is installed
 * @param installation the command that installs it, for a message
 */
record Contestant(
    String name,
    String description,
    List<String> command,
    Map<String, String> environment,
    Path needs,
    String installation) {
  Contestant {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  boolean isInstalled() {
    return Files.exists(needs);
  }
}
