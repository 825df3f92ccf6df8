package io.github.convnet4j.classifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.json.JsonMappers;
import io.github.convnet4j.json.KindResolver;
import io.github.convnet4j.loss.Dice;
import io.github.convnet4j.loss.Huber;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.MeanAbsoluteError;
import io.github.convnet4j.loss.MeanSquaredError;
import io.github.convnet4j.loss.Scaled;
import io.github.convnet4j.loss.SigmoidCrossEntropy;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.loss.Sum;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.optimizer.AdaDelta;
import io.github.convnet4j.optimizer.AdaGrad;
import io.github.convnet4j.optimizer.Adam;
import io.github.convnet4j.optimizer.AdamW;
import io.github.convnet4j.optimizer.Adamax;
import io.github.convnet4j.optimizer.Clipped;
import io.github.convnet4j.optimizer.Ftrl;
import io.github.convnet4j.optimizer.Nadam;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.RmsProp;
import io.github.convnet4j.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON description of a saved classifier or regressor, and which layers, optimizers and losses
 * it may contain. Register custom ones before saving and before loading:
 *
 * <pre>{@code
 * ClassifierJson json =
 *     ClassifierJson.standard()
 *         .network(NetworkJson.standard().withLayer("scale", Scale.class))
 *         .withOptimizer("lion", Lion.class);
 * classifier.save(folder, json);
 * Classifier.load(folder, json);
 * }</pre>
 *
 * <p>Immutable; safe for use by several threads at once.
 */
public final class ClassifierJson {
  /** The format version that is written, and the newest that can be read. */
  public static final int VERSION = 3;

  private static final ClassifierJson STANDARD =
      new ClassifierJson(NetworkJson.standard(), optimizers(), losses());

  private final NetworkJson networks;
  private final Map<String, Class<? extends Optimizer>> optimizers;
  private final Map<String, Class<? extends Loss>> losses;
  private final ObjectMapper mapper;

  private ClassifierJson(
      NetworkJson networks,
      Map<String, Class<? extends Optimizer>> optimizers,
      Map<String, Class<? extends Loss>> losses) {
    this.networks = networks;
    this.optimizers = optimizers;
    this.losses = losses;
    this.mapper =
        JsonMappers.of(
                new KindResolver<>(
                    Optimizer.class, optimizers, o -> kindOf(optimizers, o), "ClassifierJson"),
                new KindResolver<>(Loss.class, losses, l -> kindOf(losses, l), "ClassifierJson"))
            .addMixIn(ClassifierOptions.class, PictureFormatJson.OfOptions.class);
  }

  /** Returns the kind that the value's class is registered under, or the name of the class. */
  private static <T> String kindOf(Map<String, Class<? extends T>> kinds, T value) {
    return kinds.entrySet().stream()
        .filter(entry -> entry.getValue() == value.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(value.getClass().getSimpleName());
  }

  /** Returns an instance with the built-in layers, initializers, optimizers and losses. */
  public static ClassifierJson standard() {
    return STANDARD;
  }

  /** Returns a copy with these layers and initializers. */
  public ClassifierJson network(NetworkJson newNetworks) {
    return new ClassifierJson(newNetworks, optimizers, losses);
  }

  /**
   * Returns a copy that also knows a custom optimizer.
   *
   * @param kind its name in JSON
   * @param optimizer its class, preferably a record
   * @throws IllegalArgumentException if the kind is already registered
   */
  public ClassifierJson withOptimizer(String kind, Class<? extends Optimizer> optimizer) {
    return new ClassifierJson(networks, with(optimizers, kind, optimizer), losses);
  }

  /** Returns a copy that also knows a custom loss; see {@link #withOptimizer}. */
  public ClassifierJson withLoss(String kind, Class<? extends Loss> loss) {
    return new ClassifierJson(networks, optimizers, with(losses, kind, loss));
  }

  private static <T> Map<String, Class<? extends T>> with(
      Map<String, Class<? extends T>> known, String kind, Class<? extends T> added) {
    if (known.containsKey(kind)) {
      throw new IllegalArgumentException("kind must not be registered already: " + kind);
    }
    Map<String, Class<? extends T>> all = new TreeMap<>(known);
    all.put(kind, added);
    return all;
  }

  String write(SavedState state) {
    try {
      Document<Settings> document =
          new Document<>(
              VERSION,
              mapper.readTree(networks.write(state.network())),
              state.optimizer(),
              state.options(),
              state.reached(),
              state.tensors());
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written: " + JsonFault.message(e), e);
    }
  }

  /**
   * Writes as {@link #write} does, after checking that {@link #read} can read it back: otherwise
   * the save would be lost.
   *
   * @throws IllegalArgumentException if it cannot be written or read back
   */
  String describe(SavedState state) {
    SavedState withoutHistory =
        new SavedState(
            state.network(),
            state.optimizer(),
            state.options(),
            ReachedJson.of(Reached.NOTHING),
            List.of());
    try {
      read(write(withoutHistory), state.options().getClass());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot be saved: " + e.getMessage(), e);
    }
    return write(state);
  }

  /** Reads a classifier that {@link #write} wrote. */
  SavedState read(String json) {
    return read(json, ClassifierOptions.class);
  }

  /** Reads what {@link #write} wrote, with options of the given class. */
  SavedState read(String json, Class<? extends Settings> options) {
    try {
      JsonNode tree = mapper.readTree(json);
      checkVersion(tree.path("version"));
      addWhatOldVersionsLack(tree, options);
      Document<? extends Settings> document =
          mapper.treeToValue(
              tree, mapper.getTypeFactory().constructParametricType(Document.class, options));
      Network network = networks.read(document.network().toString());
      return new SavedState(
          network,
          document.optimizer(),
          document.options(),
          document.reached(),
          document.tensors());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.message(e), e);
    }
  }

  private static void checkVersion(JsonNode version) {
    if (!version.isInt() || version.intValue() < 1) {
      throw new IllegalArgumentException(
          "version must be a whole number, at least 1: "
              + (version.isMissingNode() ? "missing" : version));
    }
    if (version.intValue() > VERSION) {
      throw new IllegalArgumentException(
          "version must be at most %2$d (use a newer release of this library): %1$d"
              .formatted(version.intValue(), VERSION));
    }
  }

  /**
   * Before version 2 there were no rewrites: all graphs were as described. Before version 3 the
   * format of a classifier's pictures was not saved.
   */
  private static void addWhatOldVersionsLack(JsonNode tree, Class<? extends Settings> type) {
    int version = tree.path("version").intValue();
    if (tree.path("options") instanceof ObjectNode options) {
      if (version < 2) {
        options.putArray("rewrites");
      }
      if (version < 3 && type == ClassifierOptions.class) {
        options.putArray("pictures");
      }
    }
    ReachedJson.addWhatOldVersionsLack(tree.path("reached"));
  }

  /** The root object of the document. */
  private record Document<O extends Settings>(
      int version,
      JsonNode network,
      Optimizer optimizer,
      O options,
      ReachedJson reached,
      List<SavedState.TensorEntry> tensors) {}

  private static Map<String, Class<? extends Optimizer>> optimizers() {
    Map<String, Class<? extends Optimizer>> kinds = new TreeMap<>();
    kinds.put("ada_delta", AdaDelta.class);
    kinds.put("ada_grad", AdaGrad.class);
    kinds.put("adam", Adam.class);
    kinds.put("adam_w", AdamW.class);
    kinds.put("adamax", Adamax.class);
    kinds.put("clipped", Clipped.class);
    kinds.put("ftrl", Ftrl.class);
    kinds.put("nadam", Nadam.class);
    kinds.put("rms_prop", RmsProp.class);
    kinds.put("sgd", Sgd.class);
    return kinds;
  }

  private static Map<String, Class<? extends Loss>> losses() {
    return Map.of(
        "dice", Dice.class,
        "huber", Huber.class,
        "mean_absolute_error", MeanAbsoluteError.class,
        "mean_squared_error", MeanSquaredError.class,
        "scaled", Scaled.class,
        "sigmoid_cross_entropy", SigmoidCrossEntropy.class,
        "softmax_cross_entropy", SoftmaxCrossEntropy.class,
        "sum", Sum.class);
  }
}
