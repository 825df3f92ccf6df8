package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @Test
  void listsTheCommandsIfNoneIsGiven() {
    assertEquals(Shell.done("--help"), Shell.done());
    for (String name : Commands.descriptions().keySet()) {
      assertTrue(Shell.done().contains("\n  " + name + " "), Shell.done());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "report", "summary", "export"})
  void aMisspelledOptionIsNamedWithTheNearestOne(String command) {
    Matcher options =
        Pattern.compile("(?m)^ {2,6}(?:-., )?(--[a-z-]{5,})")
            .matcher(Shell.done(command, "--help"));
    int tried = 0;
    while (options.find()) {
      String option = options.group(1);
      String cut = option.substring(0, option.length() - 1);
      String message = Shell.mistake(command, cut);
      assertTrue(message.startsWith("Unknown option: '" + cut + "' (did you mean --"), message);
      tried++;
    }
    assertTrue(tried > 0);
  }

  /** A path that cannot be read is also an argument that the parser does not expect. */
  @Test
  void aValueThatCannotBeReadIsReportedBeforeWhatFollowsFromIt() {
    String message = Shell.mistake("predict", "model", "a.png", "b\0.png");
    assertTrue(message.contains("PICTURE") && message.contains("not a path"), message);
  }

  @Test
  void findsCommandsByName() {
    assertTrue(
        Commands.descriptions()
            .keySet()
            .containsAll(Set.of("train", "evaluate", "predict", "report", "summary", "export")));
    assertTrue(Commands.has("train"));
    assertFalse(Commands.has("Ex11_1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "report", "summary", "export"})
  void theHelpOfEachCommandShowsExamples(String name) {
    String help = Shell.done(name, "--help");
    assertTrue(help.contains("\nExamples:\n  convnet4j "), help);
    assertTrue(help.contains("  convnet4j " + name + " "), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }

  @Test
  void printsTheVersion() {
    assertTrue(Shell.done("--version").startsWith("convnet4j"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian|There is no command named trian (did you mean train?); convnet4j --help lists the"
            + " commands",
        "--frobnicate|Unknown option: '--frobnicate'; convnet4j --help lists the commands",
        "train|Missing required option: '--out=MODEL'; convnet4j train --help lists the options",
        "train --out m --epoch 3|Unknown option: '--epoch' (did you mean --epochs?); convnet4j"
            + " train --help lists the options",
        "train --epochs 3 --ou m|Unknown option: '--ou' (did you mean --out?); convnet4j train"
            + " --help lists the options",
        "evaluate m --dat x|Unknown option: '--dat' (did you mean --data?); convnet4j evaluate"
            + " --help lists the options",
        "evaluate m more|Unexpected argument: 'more'; convnet4j evaluate --help lists the options",
        "train --out m --task guess|--task must be one of classification, multi-label, regression,"
            + " segmentation: guess; convnet4j train --help lists the options",
        "train --out m --epochs many|Invalid value for option '--epochs': 'many' is not an int;"
            + " convnet4j train --help lists the options",
        "train --out m --epochs 0|--epochs: epochs must be at least 1: 0",
        "train --out m --batch-size 0|--batch-size: batchSize must be at least 1: 0",
        "train --out m --learning-rate -1|--learning-rate: learningRate must be a positive, finite"
            + " number: -1.0",
        "train --out m --clip 0|--clip: limit must be a positive, finite number: 0.0",
        "train --out m --max-steps 0|--max-steps: steps must be at least 1: 0",
        "train --out m --max-time soon|Invalid value for option '--max-time': it must be a"
            + " time, such as 90s, 10m or 1h30m: soon; convnet4j train --help lists the options",
        "train --out m --schedule wild|Invalid value for option '--schedule': it must be"
            + " constant, cosine, one-cycle, exponential=FACTOR or step=FACTOR:EPOCHS, such as"
            + " step=0.5:10: wild; convnet4j train --help lists the options",
        "train --out m --augment shift=2|Invalid value for option '--augment': shift=2:"
            + " share must be from 0 to 1: 2.0; for example"
            + " shift=0.1,rotate=10,zoom=0.9:1.1,noise=0.02; convnet4j train --help lists the"
            + " options",
        "train --out m --size 0|Invalid value for option '--size': it must be a number of pixels,"
            + " such as 64, or height and width, such as 48x64: 0; convnet4j train --help lists the"
            + " options",
        "train --out m --data digits --size 20 --invert|--size 20x20, --invert: options for"
            + " pictures need a folder of pictures (--data FOLDER); IDX files and the bundled"
            + " digits are used as they are",
        "train --out m --data pets --fit crop|--fit needs --size, to which pictures are brought",
        "train --out m --data pets --size 8 --pad-colour white|--pad-colour needs --fit pad or"
            + " --fit center",
        "train --out m --history h.txt|--history must end in .csv or .json: h.txt",
        "train --out m --checkpoint-steps 5|--checkpoint-steps needs --checkpoints FOLDER",
        "train --out m --early-stopping 0|--early-stopping: patience must be at least 1: 0",
        "train --out m --network nowhere.json|nowhere.json does not exist: convnet4j summary"
            + " --write nowhere.json creates one to start from",
        "train --out m --data nowhere|nowhere does not exist: give --data a folder, a file",
        "train --out m --data nowhere.csv|nowhere.csv does not exist: give --data a folder, a file",
        "train --out m --data digits --validation 1.5|--validation: share must be above 0 and below"
            + " 1: 1.5",
        "train --out m --data digits --validation none --early-stopping 2|--monitor val_loss needs"
            + " validation images: leave out --validation none, or monitor a value of the training"
            + " images, such as cost",
        "train --out m --data digits --monitor val_f1|--monitor needs --early-stopping,",
        "train --out m --data digits --best b --monitor val_f2|--monitor must be val_loss, cost, or"
            + " the name of a metric, with or without val_, such as val_accuracy: val_f2",
        "train --out m --data digits --best b --monitor val_iou_10|--monitor: ",
        "train --out m --judge-by accuracy|--judge-by is now --monitor: give --monitor val_loss or"
            + " --monitor val_accuracy",
        "train --out m --metrics f1,f2|Invalid value for option '--metrics' (NAME): metric must be",
        "train --out m --data digits --metrics f1_10|--metrics: ",
        "train --out m --data digits --task regression|--data must be a folder with pictures",
        "train --out m --task segmentation|--data must be a folder with the folders images and"
            + " masks",
        "train --out m --data digits --targets t.csv --task classification|--targets is for"
            + " regression and multi-label, not for classification",
        "train --out m --data nowhere --task multi-label|nowhere does not exist: give a folder",
        "train --out m --data nowhere --task segmentation|nowhere does not exist: give a folder",
        "train --out m --data digits --columns a|--columns is for regression and multi-label, not"
            + " for classification",
        "train --out m --data digits --class-names a,b|--class-names is for segmentation, not for",
        "train --out m --data digits --unlabeled 255|--unlabeled is for segmentation, not for",
        "train --out m --data x --task segmentation --unlabeled 256|--unlabeled: unlabeled must be"
            + " from 0 to 255",
        "train --out m --data x --task segmentation --class-names a,a|--class-names: classNames"
            + " must be different",
        "train --out m --data x --task regression --class-weights balanced|--class-weights is for"
            + " classification and segmentation, not for regression",
        "train --out m --data digits --balance|--balance is now --class-weights balanced",
        "train --out m --data digits --class-weights 1,2|--class-weights must be one weight for"
            + " each of the 10 classes",
        "train --out m --data digits --class-weights equal|--class-weights must be numbers",
        "train --out m --data digits --class-weights 0,0|--class-weights must have one above 0",
        "train --out m --data digits --class-weights 1,2,3,4,5,6,7,8,9,-1|--class-weights: ",
        "train --out m --data digits --groups a|--groups is for folders of pictures",
        "train --out m --data x --groups a(|--groups: groups must be a regular expression",
        "data --data digits --list -1|--list must be at least 0: -1",
        "train --out m --data x --task multi-label --label-smoothing 0.1|--label-smoothing is for",
        "train --out m --data nowhere --size 8|nowhere ",
        "train --out m --data digits --augment cutout=29|--augment: ",
        "train --out m --data digits --augment hue=0.1|--augment: hue needs images with 3 channels",
        "train --out m --data x --task regression --augment mixup=1|--augment: mixup and cutmix are"
            + " for classification and multi-label, not for regression",
        "train --out m --data digits --augment cutmix=1 --batch-size 1|--batch-size must be at"
            + " least 2",
        "train --out m --data digits --boxes pixels|--boxes is for regression, not for",
        "train --out m --data x --task multi-label --points pixels|--points is for regression, not",
        "train --out m --data x --task regression --points pixels --boxes pixels|--boxes and"
            + " --points: ",
        "train --out m --data x --task regression --boxes pixels --size 32|--boxes pixels: --size",
        "train --out m --data x --task regression --boxes inches|--boxes must be one of pixels,"
            + " fractions: inches",
        "evaluate|Missing required parameter: 'MODEL'; convnet4j evaluate --help lists the options",
        "serve|Missing required parameter: '[NAME=]MODEL'",
        "serve nowhere --port 0|nowhere does not exist: give",
        "serve m --port 70000|--port: port must be from 0 to 65535: 70000",
        "serve a/b=m|a/b=m: name must be up to 100 letters",
        "serve m other/m|other/m: name must be another for each model: m",
        "serve m --max-batch-size 0|--max-batch-size must be at least 1: 0",
        "serve m --token-file nowhere|--token-file nowhere cannot be read",
        "evaluate nowhere|nowhere does not exist: give the folder that train --out wrote",
        "predict pom.xml a.png|pom.xml is a file: give the folder that train --out wrote",
        "predict nowhere|Missing required parameter: 'PICTURE'; convnet4j predict --help lists the"
            + " options",
        "predict nowhere a.png --top 0|--top must be at least 1: 0",
        "summary nowhere|nowhere does not exist: convnet4j summary --write nowhere creates one to"
            + " start from",
        "summary pom.xml|pom.xml: not a network in JSON: line 1, column 1: Unexpected character",
      })
  void reportsAMistakeInOneSentence(String command, String sentence) {
    String message = Shell.mistake(command.split(" "));
    assertEquals(
        sentence, message.substring(0, Math.min(sentence.length(), message.length())), message);
  }

  @Test
  void stacktracePrintsWhereTheErrorOccurred() {
    Shell shell = new Shell();
    assertEquals(2, shell.execute("train", "--out", "m", "--epochs", "0", "--stacktrace"));
    assertTrue(
        shell.messages().startsWith("--epochs: epochs must be at least 1: 0\n"), shell.messages());
    assertTrue(shell.messages().contains("\tat "), shell.messages());
  }
}
