package io.github.convnet4j.commandline;

import io.github.convnet4j.natives.NativeTensorFlow;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A program that runs each command once, in a locale, a time zone and the current folder. It loads
 * TensorFlow first: JavaCPP compares local times, and in another time zone would unpack TensorFlow
 * again, into files that other processes use.
 */
final class AllCommands {
  private static final String MODEL = "model";
  private static final String DATA = "../data";

  private AllCommands() {}

  public static void main(String[] args) {
    NativeTensorFlow.load();
    TimeZone.setDefault(TimeZone.getTimeZone(args[1]));
    Locale locale = Locale.forLanguageTag(args[0]);
    for (List<String> command : commands()) {
      Locale.setDefault(locale);
      Main.main(command.toArray(String[]::new));
    }
  }

  private static List<List<String>> commands() {
    return List.of(
        List.of("summary", "--data", DATA, "--write", "net.json"),
        List.of("data", "--data", DATA),
        List.of(
            "train",
            "--data=" + DATA,
            "--out=" + MODEL,
            "--epochs=2",
            "--seed=1",
            "--batch-size=4",
            "--augment=shift=0.1",
            "--history=history.csv",
            "--tensorboard=curves"),
        List.of("evaluate", MODEL, "--data", DATA, "--part", "all"),
        List.of("evaluate", MODEL, "--data", DATA, "--json"),
        List.of("predict", MODEL, DATA + "/class 0"),
        List.of("predict", MODEL, DATA + "/class 1", "--json"),
        List.of("report", MODEL, "--data", DATA, "--out", "report.html"),
        List.of("summary", MODEL),
        List.of("export", MODEL, "saved"),
        List.of("export", MODEL, "--keras", "model.keras"),
        List.of("--help"),
        List.of("train", "--help"),
        List.of("predict", "--help"),
        List.of("export", "--help"),
        List.of("serve", "--help"));
  }
}
