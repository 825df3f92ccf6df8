package io.github.convnet4j.commandline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Arguments that cannot be parsed, described in one sentence with the nearest right word. */
public final class ParseFault {
  private ParseFault() {}

  /**
   * Returns the fault to report, which is the one that explains most. A misspelled option comes
   * first, since it is also the reason why a required one is missing; then a value that cannot be
   * read, since the parser takes it for an argument too many as well.
   *
   * @param parsed the commands that were recognized
   */
  static Optional<ParameterException> of(List<CommandLine> parsed) {
    List<ParameterException> faults = new ArrayList<>();
    for (CommandLine command : parsed) {
      for (Exception fault : command.getParseResult().errors()) {
        faults.add(
            fault instanceof ParameterException known
                ? known
                : new ParameterException(command, fault.getMessage(), fault));
      }
    }
    return faults.stream().min(Comparator.comparingInt(ParseFault::rank));
  }

  private static int rank(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched.isUnknownOption() ? 0 : 2;
    }
    return fault instanceof MissingParameterException ? 3 : 1;
  }

  static String sentence(ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    boolean root = command.getParent() == null;
    return "%s; %s --help lists the %s"
        .formatted(
            problem(fault),
            root ? command.getCommandName() : "convnet4j " + command.getCommandName(),
            root ? "commands" : "options");
  }

  /** Returns what is wrong, and the nearest right word if there is one. */
  public static String problem(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    ArgSpec argument = fault.getArgSpec();
    if (argument instanceof OptionSpec option
        && option.type().isEnum()
        && fault.getValue() != null) {
      return "%s must be one of %s: %s"
          .formatted(option.longestName(), choices(option.type()), fault.getValue());
    }
    return fault.getMessage();
  }

  private static String unmatched(UnmatchedArgumentException fault) {
    String suggestion =
        fault.getSuggestions().stream()
            .findFirst()
            .map(" (did you mean %s?)"::formatted)
            .orElse("");
    if (fault.isUnknownOption()) {
      // What follows an unknown option may be its value.
      return "Unknown option: '%s'%s".formatted(fault.getUnmatched().get(0), suggestion);
    }
    String first = fault.getUnmatched().get(0);
    Optional<String> reason = notAPath(fault.getCommandLine(), first);
    if (reason.isPresent()) {
      return reason.get();
    }
    return fault.getCommandLine().getSubcommands().isEmpty()
        ? "Unexpected argument: '%s'".formatted(first)
        : "There is no command named %s%s".formatted(first, suggestion);
  }

  /** The parser ends a list of paths, without a fault, before an argument that is not a path. */
  private static Optional<String> notAPath(CommandLine command, String argument) {
    for (PositionalParamSpec list : command.getCommandSpec().positionalParameters()) {
      if (list.index().isVariable() && List.of(list.auxiliaryTypes()).contains(Path.class)) {
        try {
          PathText.ofProcess().convert(argument);
        } catch (TypeConversionException e) {
          return Optional.of("%s: %s".formatted(list.paramLabel(), e.getMessage()));
        }
      }
    }
    return Optional.empty();
  }

  private static String choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
