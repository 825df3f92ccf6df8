package io.github.convnet4j.reliability;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.commandline.Commands;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.files.LoopbackDownload;
import io.github.convnet4j.files.Storage;
import io.github.convnet4j.files.TinyPictures;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.CsvHistory;
import io.github.convnet4j.listener.JsonHistory;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.report.Report;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.tensorboard.EventFiles;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SavedModel;

/**
 * All ways in which the library writes files. Each can be told from the files which of several
 * writes they are from.
 */
enum Writers {
  SAVE {
    @Override
    void write(Path folder, int number, Progress progress) {
      try (Model<Prediction> model = numbered(number)) {
        progress.begin(number);
        model.save(folder.resolve("model"));
        progress.end(number);
      }
    }

    @Override
    int last(Path folder) {
      try (Model<Prediction> model = Model.load(folder.resolve("model"), Prediction.class)) {
        return number(model.weights());
      }
    }
  },

  CHECKPOINTS {
    @Override
    void write(Path folder, int number, Progress progress) {
      List<String> faults = new ArrayList<>();
      try (Model<Prediction> model =
          Checkpoints.latest(folder.resolve("checkpoints"), Prediction.class, faults::add)
              .orElseGet(Writers::tiny)) {
        fit(
            model,
            FitOptions.upTo(number),
            Checkpoints.everySteps(folder.resolve("checkpoints"), 1),
            progress);
      }
    }

    @Override
    int last(Path folder) {
      List<String> faults = new ArrayList<>();
      try (Model<Prediction> model =
          Checkpoints.latest(folder.resolve("checkpoints"), Prediction.class, faults::add)
              .orElseThrow()) {
        for (String fault : faults) {
          check(fault.contains("holds no finished save"), fault);
        }
        return model.epochsTrained();
      }
    }

    @Override
    int writesAtOnce() {
      return 1000;
    }
  },

  EXPORT {
    /** A complete export is not replaced. */
    @Override
    void write(Path folder, int number, Progress progress) {
      Path exported = folder.resolve("exported-" + number);
      boolean there = Files.exists(exported);
      try (Model<Prediction> model = numbered(number)) {
        progress.begin(number);
        model.exportSavedModel(exported);
        progress.end(number);
        check(!there, exported + " has been replaced");
      } catch (StoreException e) {
        if (!there || !e.getMessage().contains("must be a new or empty folder")) {
          throw e;
        }
      }
    }

    @Override
    boolean replaces() {
      return false;
    }

    @Override
    int last(Path folder) throws IOException {
      Set<Integer> numbers = new TreeSet<>();
      for (String name : names(folder)) {
        if (name.startsWith("exported-")) {
          Path exported = folder.resolve(name);
          byte[] model = Files.readAllBytes(exported.resolve("saved_model.pb"));
          check(SavedModel.parseFrom(model).getMetaGraphsCount() == 1, name);
          new ObjectMapper().readTree(exported.resolve("assets/model.json").toFile());
          numbers.add(Integer.parseInt(name.substring(name.indexOf('-') + 1)));
        }
      }
      return numbers.stream().reduce(0, Math::max);
    }
  },

  REPORT {
    @Override
    void write(Path folder, int number, Progress progress) {
      try (Model<Prediction> model = tiny()) {
        Report report = Report.of(model, DIGITS).title("number " + number).explain(0);
        progress.begin(number);
        report.write(folder.resolve("report.html"));
        progress.end(number);
      }
    }

    @Override
    int last(Path folder) throws IOException {
      String page = Files.readString(folder.resolve("report.html"));
      check(page.strip().endsWith("</html>"), "the end is missing");
      String title = page.replaceAll("(?s).*<title>number (\\d+)</title>.*", "$1");
      return Integer.parseInt(title);
    }
  },

  HISTORY_CSV {
    @Override
    void write(Path folder, int number, Progress progress) {
      try (Model<Prediction> model = tiny()) {
        fit(model, FitOptions.upTo(number), CsvHistory.to(folder.resolve("h.csv")), progress);
      }
    }

    @Override
    int last(Path folder) throws IOException {
      String text = Files.readString(folder.resolve("h.csv"));
      check(text.endsWith("\r\n"), text);
      List<String> lines = text.lines().toList();
      for (int i = 1; i < lines.size(); i++) {
        check(lines.get(i).matches(i + ",[0-9.E-]+,[0-9.E-]+"), lines.get(i));
      }
      return lines.size() - 1;
    }

    @Override
    int writesAtOnce() {
      return 1000;
    }
  },

  HISTORY_JSON {
    @Override
    void write(Path folder, int number, Progress progress) {
      try (Model<Prediction> model = tiny()) {
        fit(model, FitOptions.upTo(number), JsonHistory.to(folder.resolve("h.json")), progress);
      }
    }

    @Override
    int last(Path folder) throws IOException {
      var rows = new ObjectMapper().readTree(folder.resolve("h.json").toFile());
      for (int i = 0; i < rows.size(); i++) {
        check(rows.get(i).path("epoch").asInt() == i + 1 && rows.get(i).has("cost"), "" + rows);
      }
      return rows.size();
    }

    @Override
    int writesAtOnce() {
      return 1000;
    }
  },

  TENSORBOARD {
    @Override
    void write(Path folder, int number, Progress progress) {
      try (Model<Prediction> model = tiny()) {
        fit(
            model,
            FitOptions.upTo(number),
            TensorBoardListener.into(folder.resolve("logs")),
            progress);
      }
    }

    @Override
    int last(Path folder) throws IOException {
      return EventFiles.lastStep(folder.resolve("logs/train"), "epoch/loss");
    }

    @Override
    int writesAtOnce() {
      return 1000;
    }
  },

  KERAS {
    @Override
    void write(Path folder, int number, Progress progress) {
      try (Model<Prediction> model = numbered(number)) {
        progress.begin(number);
        model.exportKeras(folder.resolve("model.keras"));
        progress.end(number);
      }
    }

    @Override
    int last(Path folder) {
      return number(KerasModel.read(folder.resolve("model.keras")).weights());
    }
  },

  PICTURE_CACHE {
    @Override
    void write(Path folder, int number, Progress progress) {
      for (int i = 0; i < PICTURES; i++) {
        TinyPictures.grey(picture(folder, i), 64 + number % 2, 64, shade(number, i));
      }
      progress.begin(number);
      DataSet read = read(folder);
      progress.end(number);
      for (int i = 0; i < PICTURES; i++) {
        for (byte value : read.image(i)) {
          check(
              Byte.toUnsignedInt(value) == shade(number, read.label(i)),
              "picture %d: %d".formatted(i, value));
        }
      }
    }

    /** What the cache holds must be what the pictures hold. */
    @Override
    int last(Path folder) {
      DataSet read = read(folder);
      DataSet decoded = ImageFolder.of(pictures(folder)).readAll(CLASSES).images();
      for (int i = 0; i < read.size(); i++) {
        check(Arrays.equals(read.image(i), decoded.image(i)), "picture " + i);
      }
      int large = 0;
      int small = 0;
      for (int i = 0; i < read.size(); i++) {
        int shade = Byte.toUnsignedInt(read.image(i)[0]);
        large = read.label(i) == 0 ? shade : large;
        small = read.label(i) == 1 ? shade : small;
      }
      return large * SHADES + small;
    }

    /** Returns the shade of a picture of the first or the second class. */
    private int shade(int number, int picture) {
      return picture % 2 == 0 ? number / SHADES : number % SHADES;
    }

    private Path picture(Path folder, int number) {
      return pictures(folder).resolve("%s/%d.png".formatted(CLASSES.get(number % 2), number));
    }

    /** They are not written by the library. */
    private Path pictures(Path folder) {
      return folder.resolveSibling(folder.getFileName() + "-pictures");
    }

    private DataSet read(Path folder) {
      return ImageFolder.of(pictures(folder))
          .storage(Storage.automatic().cache(folder.resolve("cache")))
          .readAll(CLASSES)
          .images();
    }
  },

  DOWNLOAD {
    @Override
    void write(Path folder, int number, Progress progress) throws IOException {
      Path file = folder.resolve("data").resolve(LoopbackDownload.NAME);
      Files.deleteIfExists(file);
      progress.begin(number);
      LoopbackDownload.into(file.getParent());
      progress.end(number);
    }

    /** The file is whole or not there. */
    @Override
    int last(Path folder) throws IOException {
      LoopbackDownload.check(folder.resolve("data"));
      return UNKNOWN;
    }
  },

  TRAIN_COMMAND {
    @Override
    void write(Path folder, int number, Progress progress) throws IOException {
      Path network = folder.resolve("net.json");
      if (!Files.exists(network)) {
        Files.writeString(network, NETWORK.toJson());
      }
      progress.begin(number);
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      int code =
          Commands.execute(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
              new PrintStream(messages, true, StandardCharsets.UTF_8),
              "train",
              "--data=digits",
              "--network=" + network,
              "--max-steps=1",
              "--progress=none",
              "--seed=" + number,
              "--out=" + folder.resolve("model"));
      check(
          code == 0, "exit code %d: %s".formatted(code, messages.toString(StandardCharsets.UTF_8)));
      progress.end(number);
    }

    @Override
    int last(Path folder) {
      try (Model<Prediction> model = Model.load(folder.resolve("model"), Prediction.class)) {
        return (int) model.options().seed();
      }
    }
  };

  /** The number of the last write cannot be told. */
  static final int UNKNOWN = -1;

  private static final int PICTURES = 40;
  private static final int SHADES = 250;
  private static final List<String> CLASSES = List.of("a", "b");
  private static final DataSet DIGITS = BundledDigits.read().train().subset(0, 50);
  private static final Network NETWORK =
      Network.of(Shape.of(28, 28, 1), conv2d(4, 3), maxPool(4), flatten(), dense(10));

  /** With weights of some megabytes. */
  private static final Network LARGE =
      Network.of(Shape.of(28, 28, 1), flatten(), dense(500), dense(10));

  /** Is told when a write begins and ends. */
  interface Progress {
    void begin(int number);

    void end(int number);

    /** Nobody wants to know. */
    static Progress ignored() {
      return new Progress() {
        @Override
        public void begin(int number) {}

        @Override
        public void end(int number) {}
      };
    }
  }

  /**
   * Writes once, or the numbers from 1 to the given one, if {@link #writesAtOnce} are more than 1.
   */
  abstract void write(Path folder, int number, Progress progress) throws IOException;

  /**
   * Checks that everything is whole.
   *
   * @return the number of the last write of which there is something, or {@link #UNKNOWN}
   */
  abstract int last(Path folder) throws IOException;

  /** Returns how many writes one call of {@link #write} does. */
  int writesAtOnce() {
    return 1;
  }

  /** Whether a write replaces one before. Otherwise it is at another place. */
  boolean replaces() {
    return true;
  }

  /** Returns the files and folders that only unfinished writes have. */
  static List<String> leftovers(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder))
          .filter(
              path -> {
                String name = path.getFileName().toString();
                return name.startsWith(".")
                    || name.contains("unfinished")
                    || name.endsWith(".part")
                    // JLine unpacks its library for each process, and deletes it when this ends.
                    || (path.startsWith(folder.resolve("tmp").resolve(name))
                        && !name.startsWith("jlinenative"));
              })
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(boolean right, String fault) {
    if (!right) {
      throw new AssertionError(fault);
    }
  }

  /** Returns a network for the bundled digits that is soon trained. */
  static Network network() {
    return NETWORK;
  }

  private static Model<Prediction> tiny() {
    return Model.of(NETWORK, Tasks.classification(), adam(0.001), ModelOptions.seed(7));
  }

  /** Returns a model all of whose weights are a number. */
  private static Model<Prediction> numbered(int number) {
    Model<Prediction> model = Model.of(LARGE, Tasks.classification(), adam(0.001));
    Weights.Builder weights = Weights.builder();
    for (Parameter parameter : LARGE.parameters()) {
      float[] values = new float[(int) parameter.shape().size()];
      Arrays.fill(values, number);
      weights.add(parameter.name(), parameter.shape(), values);
    }
    model.loadWeights(weights.build());
    return model;
  }

  private static int number(Weights weights) {
    Set<Float> values = new TreeSet<>();
    for (Parameter parameter : LARGE.parameters()) {
      for (float value : weights.values(parameter.name())) {
        values.add(value);
      }
    }
    check(values.size() == 1, "weights of several writes: " + values);
    return values.iterator().next().intValue();
  }

  /** Trains for one step in each epoch. */
  private static void fit(
      Model<Prediction> model, FitOptions epochs, TrainingListener writer, Progress progress) {
    model.fit(
        DIGITS,
        epochs.batchSize(DIGITS.size()),
        new TrainingListener() {
          @Override
          public void batchEnd(Training training, BatchResult result) {
            progress.begin(result.epoch());
          }
        },
        writer,
        new TrainingListener() {
          private int ended;

          @Override
          public void epochEnd(Training training, EpochResult result) {
            ended = result.epoch();
          }

          @Override
          public void settled(Training training) {
            progress.end(ended);
          }
        });
  }
}
