package io.github.convnet4j.examples;

import io.github.convnet4j.commandline.Commands;
import io.github.convnet4j.commandline.ParseFault;
import io.github.convnet4j.commandline.Terminal;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.examples.plot.PlotException;
import io.github.convnet4j.natives.MissingNativeException;
import io.github.convnet4j.store.StoreException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * Runs any of the examples: {@code Examples Ex11_9 --epochs 3} runs one, {@code Examples} alone
 * lists them. It also runs the library's own {@link Commands}, such as {@code Examples train}.
 *
 * <p>Exit codes: 0 for success; 2 for a user's mistake, reported in one sentence on standard error;
 * 1 for any other error, with a stack trace.
 */
public final class Examples {
  private static final int OK = 0;
  private static final int FAULT = 1;
  private static final int USAGE = 2;

  private static final List<Supplier<Example>> ALL =
      List.of(
          MaxPoolSlide::new,
          Ex11_1::new,
          Ex11_2::new,
          Ex11_2Notes::new,
          Ex11_3::new,
          Ex11_3Notes::new,
          Ex11_4::new,
          Ex11_5::new,
          Ex11_6::new,
          Ex11_7::new,
          Ex11_8::new,
          Ex11_8Builder::new,
          Ex11_9::new,
          Ex11_9Builder::new,
          Ex11_10::new,
          ExCt::new,
          ResidualNet::new,
          OwnGraph::new,
          TrainAndReport::new,
          UNet::new,
          FineTune::new,
          FineTunePhotos::new,
          TwoInputs::new,
          Autoencoder::new,
          OwnMetricAndLoss::new,
          OwnGraphModel::new,
          PictureService::new);

  private Examples() {}

  /** Runs the example that the first argument names, with the options that follow it. */
  public static void main(String[] args) {
    Charset charset = Terminal.charset();
    PrintStream out = new PrintStream(System.out, true, charset);
    PrintStream messages = new PrintStream(System.err, true, charset);
    int code = execute(out, messages, args);
    if (code != OK) {
      System.exit(code);
    }
  }

  /** Runs one example, from the {@code main} of its class. */
  static void launch(Class<? extends Example> example, String... args) {
    main(Stream.concat(Stream.of(example.getSimpleName()), Stream.of(args)).toArray(String[]::new));
  }

  /** Does what {@link #main} does, but prints to the given streams and returns the exit code. */
  public static int execute(PrintStream out, PrintStream messages, String... args) {
    if (args.length == 0 || Set.of("-h", "--help").contains(args[0])) {
      out.println("The examples (NAME --help describes each):");
      list(out);
      out.println("The commands of the library (NAME --help describes each):");
      Commands.descriptions()
          .forEach((name, does) -> out.printf(Locale.ROOT, "  %-18s%s%n", name, does));
      return OK;
    }
    if (Commands.has(args[0])) {
      return Commands.execute(out, messages, args);
    }
    for (Supplier<Example> supplier : ALL) {
      Example example = supplier.get();
      if (nameOf(example).equals(args[0])) {
        return execute(example, out, messages, List.of(args).subList(1, args.length));
      }
    }
    messages.println("There is no example named " + args[0] + "; these are the examples:");
    list(messages);
    return USAGE;
  }

  private static int execute(
      Example example, PrintStream out, PrintStream messages, List<String> options) {
    CommandLine command = new CommandLine(example).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      command.parseArgs(options.toArray(String[]::new));
      if (example.wantsHelp()) {
        command.usage(out);
        return OK;
      }
      example.execute(out, messages);
      return OK;
    } catch (ParameterException e) {
      String sentence =
          ParseFault.problem(e) + "; " + nameOf(example) + " --help lists the options";
      return report(e, sentence, options.contains("--stacktrace"), messages);
    } catch (UsageException
        | DataException
        | PlotException
        | StoreException
        | MissingNativeException e) {
      return report(e, e.getMessage(), example.wantsStacktrace(), messages);
    } catch (RuntimeException | Error e) {
      // A bug: whoever fixes it needs the stack trace.
      e.printStackTrace(messages);
      return FAULT;
    }
  }

  private static int report(
      RuntimeException e, String sentence, boolean stacktrace, PrintStream messages) {
    messages.println(sentence);
    if (stacktrace) {
      e.printStackTrace(messages);
    }
    return USAGE;
  }

  private static void list(PrintStream stream) {
    for (Supplier<Example> supplier : ALL) {
      Command command = supplier.get().getClass().getAnnotation(Command.class);
      stream.printf(Locale.ROOT, "  %-18s%s%n", command.name(), command.description()[0]);
    }
  }

  private static String nameOf(Example example) {
    return example.getClass().getAnnotation(Command.class).name();
  }
}
