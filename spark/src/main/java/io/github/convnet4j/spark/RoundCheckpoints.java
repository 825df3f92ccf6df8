package io.github.convnet4j.spark;

import io.github.convnet4j.store.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The states of a training in a folder, a file after each round. A file gets its name when it is
 * complete, and the one before it is kept, so there is always a whole one.
 */
final class RoundCheckpoints {
  private static final System.Logger LOG = System.getLogger("io.github.convnet4j.spark");

  private static final int VERSION = 1;
  private static final String PREFIX = "round-";
  private static final String UNFINISHED = "unfinished-";
  private static final int KEPT = 2;

  private final Path folder;
  private final FileSystem files;

  /**
   * @param folder need not exist yet
   */
  RoundCheckpoints(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    try {
      this.files = this.folder.getFileSystem(hadoop);
      if (!files.mkdirs(this.folder)) {
        throw new StoreException("cannot create the folder " + folder);
      }
    } catch (IOException e) {
      throw new StoreException("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * How far a training is.
   *
   * @param settings what it depends on, as text
   * @param rounds rounds so far
   * @param steps steps so far of the epoch
   * @param examples examples so far of the epoch
   * @param cost sum of their costs
   * @param epochs results of the epochs that are complete
   * @param current the variables
   * @param best the variables with the lowest validation loss, if they are to be kept
   */
  record State(
      String settings,
      int rounds,
      int steps,
      long examples,
      double cost,
      List<TrainedEpoch> epochs,
      Variables current,
      Optional<Variables> best) {}

  /** Saves a state, and deletes old ones. */
  void save(State state) {
    Path unfinished = new Path(folder, UNFINISHED + state.rounds());
    try {
      CRC32C checksum = new CRC32C();
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new CheckedOutputStream(files.create(unfinished, true), checksum)))) {
        write(state, out);
        out.flush();
        out.writeLong(checksum.getValue());
      }
      Path complete = new Path(folder, "%s%08d".formatted(PREFIX, state.rounds()));
      files.delete(complete, false);
      if (!files.rename(unfinished, complete)) {
        throw new IOException("cannot rename %s to %s".formatted(unfinished, complete));
      }
      List<Path> saved = newestFirst();
      for (Path old : saved.subList(Math.min(KEPT, saved.size()), saved.size())) {
        files.delete(old, false);
      }
    } catch (IOException e) {
      throw new StoreException("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Returns the newest state that is whole; empty if there is none yet.
   *
   * @param settings those of this training
   * @throws StoreException if the folder is of a training with other settings
   */
  Optional<State> load(String settings) {
    try {
      List<Path> saved = newestFirst();
      for (Path path : saved) {
        Optional<State> state = read(path);
        if (state.isPresent() && !state.get().settings().equals(settings)) {
          throw new StoreException(
              "checkpointDir %s is of another training (%s) than this one (%s): use an empty folder"
                  .formatted(
                      folder,
                      others(state.get().settings(), settings),
                      others(settings, state.get().settings())));
        }
        if (state.isPresent()) {
          return state;
        }
        LOG.log(System.Logger.Level.WARNING, "{0} is damaged, and not used", path);
      }
      if (!saved.isEmpty()) {
        throw new StoreException(
            "checkpointDir %s has only damaged files: delete them to start again"
                .formatted(folder));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Returns the settings that differ from other ones. */
  private static String others(String settings, String from) {
    List<String> parts = new ArrayList<>(List.of(settings.split(", ")));
    parts.removeAll(List.of(from.split(", ")));
    return String.join(", ", parts);
  }

  private List<Path> newestFirst() throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith(PREFIX))
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  private static void write(State state, DataOutputStream out) throws IOException {
    out.writeInt(VERSION);
    out.writeUTF(state.settings());
    out.writeInt(state.rounds());
    out.writeInt(state.steps());
    out.writeLong(state.examples());
    out.writeDouble(state.cost());
    out.writeInt(state.epochs().size());
    for (TrainedEpoch epoch : state.epochs()) {
      out.writeDouble(epoch.cost());
      out.writeDouble(epoch.seconds());
      out.writeBoolean(epoch.validation().isPresent());
      if (epoch.validation().isPresent()) {
        out.writeDouble(epoch.validation().get().loss());
        out.writeDouble(epoch.validation().get().accuracy());
      }
    }
    state.current().write(out);
    out.writeBoolean(state.best().isPresent());
    if (state.best().isPresent()) {
      state.best().get().write(out);
    }
  }

  /** Returns the state in a file; empty if the file is damaged. */
  private Optional<State> read(Path path) throws IOException {
    byte[] whole;
    try (BufferedInputStream in = new BufferedInputStream(files.open(path))) {
      whole = in.readAllBytes();
    } catch (ChecksumException e) {
      return Optional.empty();
    }
    CRC32C checksum = new CRC32C();
    if (whole.length < Long.BYTES) {
      return Optional.empty();
    }
    checksum.update(whole, 0, whole.length - Long.BYTES);
    if (ByteBuffer.wrap(whole).getLong(whole.length - Long.BYTES) != checksum.getValue()) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(whole))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new StoreException("%s must be of version %d: %d".formatted(path, VERSION, version));
      }
      return Optional.of(read(in));
    }
  }

  private static State read(DataInputStream in) throws IOException {
    String settings = in.readUTF();
    int rounds = in.readInt();
    int steps = in.readInt();
    long examples = in.readLong();
    double cost = in.readDouble();
    int count = in.readInt();
    List<TrainedEpoch> epochs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      double epochCost = in.readDouble();
      double seconds = in.readDouble();
      epochs.add(
          new TrainedEpoch(
              i,
              epochCost,
              in.readBoolean()
                  ? Optional.of(new TrainedEpoch.Validation(in.readDouble(), in.readDouble()))
                  : Optional.empty(),
              seconds));
    }
    Variables current = Variables.read(in);
    Optional<Variables> best =
        in.readBoolean() ? Optional.of(Variables.read(in)) : Optional.empty();
    return new State(settings, rounds, steps, examples, cost, epochs, current, best);
  }
}
