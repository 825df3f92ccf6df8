package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.natives.MissingNativeException;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.tensorboard.EventFileException;
import io.github.convnet4j.train.NotFiniteException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The command line: parses the arguments and runs the command that they name.
 *
 * <p>Exit codes: 0 for success; 2 for a user's mistake, reported in one sentence on the message
 * stream; 130 for a training run interrupted by Ctrl-C; 1 for any other error, with a stack trace.
 */
public final class Commands {
  private Commands() {}

  @Command(
      name = "convnet4j",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Trains convolutional networks on pictures, evaluates them and uses them.",
      synopsisHeading = "Usage: ",
      synopsisSubcommandLabel = "COMMAND",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n",
      commandListHeading = "%nCommands (COMMAND --help describes each):%n",
      footerHeading = "%nExamples:%n",
      footer = {
        "  convnet4j train --data digits --out my-digits",
        "  convnet4j evaluate my-digits --data digits",
        "  convnet4j predict my-digits seven.png --invert"
      })
  private static final class Root {}

  /** The jar's version; classes that are not in a jar have none. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
            .map(version -> "convnet4j " + version)
            .orElse("convnet4j, built from source")
      };
    }
  }

  /** Returns whether there is a command of this name. */
  public static boolean has(String name) {
    return all().getSubcommands().containsKey(name);
  }

  /** Returns each command's name and a sentence that describes it. */
  public static Map<String, String> descriptions() {
    Map<String, String> descriptions = new LinkedHashMap<>();
    all()
        .getSubcommands()
        .forEach(
            (name, command) ->
                descriptions.put(name, command.getCommandSpec().usageMessage().description()[0]));
    return descriptions;
  }

  private static CommandLine all() {
    CommandLine all =
        new CommandLine(new Root())
            .addSubcommand(new TrainCommand())
            .addSubcommand(new EvaluateCommand())
            .addSubcommand(new PredictCommand())
            .addSubcommand(new ReportCommand())
            .addSubcommand(new SummaryCommand())
            .addSubcommand(new DataCommand())
            .addSubcommand(new ExportCommand())
            .addSubcommand(new ServeCommand())
            .registerConverter(Path.class, PathText.ofProcess())
            .setCaseInsensitiveEnumValuesAllowed(true);
    collectErrors(all);
    all.getSubcommands().values().forEach(Commands::collectErrors);
    return all;
  }

  /** Makes the parser go on after an error, so that the most telling one can be reported. */
  private static void collectErrors(CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true);
  }

  /**
   * Runs the command that the first argument names.
   *
   * @param out for results
   * @param messages for progress and errors
   * @return the exit code
   */
  public static int execute(PrintStream out, PrintStream messages, String... args) {
    CommandLine all = all();
    List<CommandLine> parsed = all.parseArgs(args).asCommandLineList();
    Optional<ParameterException> fault = ParseFault.of(parsed);
    if (fault.isPresent()) {
      String sentence = ParseFault.sentence(fault.get());
      return report(fault.get(), sentence, List.of(args).contains("--stacktrace"), messages);
    }
    CommandLine asked = parsed.get(parsed.size() - 1);
    if (asked.isVersionHelpRequested()) {
      asked.printVersionHelp(out);
      return ExitCode.OK;
    }
    if (asked.getCommand() instanceof Subcommand command && !command.wantsHelp()) {
      return run(command, new Output(out, messages));
    }
    asked.usage(out);
    return ExitCode.OK;
  }

  private static int run(Subcommand command, Output output) {
    try {
      return command.run(output);
    } catch (UsageException
        | DataException
        | StoreException
        | EventFileException
        | NotFiniteException
        | MissingNativeException e) {
      return report(e, e.getMessage(), command.wantsStacktrace(), output.messages());
    } catch (RuntimeException | Error e) {
      // A bug: whoever fixes it needs the stack trace.
      e.printStackTrace(output.messages());
      return ExitCode.FAULT;
    }
  }

  private static int report(
      RuntimeException e, String sentence, boolean stacktrace, PrintStream messages) {
    messages.println(sentence);
    if (stacktrace) {
      e.printStackTrace(messages);
    }
    return ExitCode.USAGE;
  }
}
