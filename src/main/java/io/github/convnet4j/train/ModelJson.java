package io.github.convnet4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.convnet4j.json.JsonFault;
import io.github.convnet4j.json.JsonMappers;
import io.github.convnet4j.json.KindResolver;
import io.github.convnet4j.json.OptionalFields;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.CategoricalHinge;
import io.github.convnet4j.loss.Dice;
import io.github.convnet4j.loss.Hinge;
import io.github.convnet4j.loss.Huber;
import io.github.convnet4j.loss.KlDivergence;
import io.github.convnet4j.loss.LogCosh;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.loss.MeanAbsoluteError;
import io.github.convnet4j.loss.MeanSquaredError;
import io.github.convnet4j.loss.Poisson;
import io.github.convnet4j.loss.Scaled;
import io.github.convnet4j.loss.SigmoidCrossEntropy;
import io.github.convnet4j.loss.SigmoidFocal;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.loss.SoftmaxFocal;
import io.github.convnet4j.loss.SquaredHinge;
import io.github.convnet4j.loss.Sum;
import io.github.convnet4j.loss.Tversky;
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
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.optimizer.RmsProp;
import io.github.convnet4j.optimizer.Sgd;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Reconstruction;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON description of a saved model, and which layers, optimizers, losses and tasks it may
 * contain. Register custom ones before saving and before loading:
 *
 * <pre>{@code
 * ModelJson json =
 *     ModelJson.standard()
 *         .network(NetworkJson.standard().withLayer("scale", Scale.class))
 *         .withOptimizer("lion", Lion.class);
 * model.save(folder, json);
 * Model.load(folder, json);
 * }</pre>
 *
 * <p>Immutable; safe for use by several threads at once.
 */
public final class ModelJson {
  /** The format version that is written, and the newest that can be read. */
  public static final int VERSION = 4;

  private static final String REGISTRY = "ModelJson";

  /** Takes the place of the network if there is none. */
  private static final String USER_GRAPH = "user graph";

  /** Fields that may be missing in JSON, and their values in that case. */
  private static final List<OptionalFields> OPTIONAL_FIELDS =
      List.of(
          OptionalFields.like(
              Options.of(ModelOptions.defaults()),
              "normalization",
              "rewrites",
              "mixedPrecisionIn",
              "pictures",
              "groups"),
          PictureFormatJson.optionalFields(),
          OptionalFields.like(ReachedJson.NOTHING, "metrics", "pixels"),
          OptionalFields.like(Optimizers.adam(1), "beta1", "beta2", "epsilon"),
          OptionalFields.like(Optimizers.sgd(1), "momentum", "useNesterov"),
          OptionalFields.like(Losses.softmaxCrossEntropy(), "labelSmoothing", "classWeights"),
          OptionalFields.like(Losses.sigmoidCrossEntropy(), "labelSmoothing", "positiveWeights"),
          OptionalFields.like(Tasks.classification(), "classNames", "loss"),
          OptionalFields.like(Tasks.multiLabel(), "labelNames", "loss"),
          OptionalFields.like(Tasks.regression(), "targetNames", "loss", "coordinates"),
          OptionalFields.like(Tasks.segmentation(), "classNames", "loss", "unlabeled"),
          OptionalFields.like(Tasks.reconstruction(), "loss"));

  private static final ModelJson STANDARD =
      new ModelJson(NetworkJson.standard(), optimizers(), losses(), tasks());

  private final NetworkJson networks;
  private final Map<String, Class<? extends Optimizer>> optimizers;
  private final Map<String, Class<? extends Loss>> losses;
  private final Map<String, Class<? extends Task<?>>> tasks;
  private final ObjectMapper mapper;

  private ModelJson(
      NetworkJson networks,
      Map<String, Class<? extends Optimizer>> optimizers,
      Map<String, Class<? extends Loss>> losses,
      Map<String, Class<? extends Task<?>>> tasks) {
    this.networks = networks;
    this.optimizers = optimizers;
    this.losses = losses;
    this.tasks = tasks;
    this.mapper =
        JsonMappers.of(
            OPTIONAL_FIELDS,
            new KindResolver<>(Optimizer.class, optimizers, o -> kindOf(optimizers, o), REGISTRY),
            new KindResolver<>(Loss.class, losses, l -> kindOf(losses, l), REGISTRY),
            tasksResolver(tasks));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // There is no class object for Task<?>.
  private static KindResolver<?> tasksResolver(Map<String, Class<? extends Task<?>>> tasks) {
    return new KindResolver<>(Task.class, (Map) tasks, task -> kindOf((Map) tasks, task), REGISTRY);
  }

  /** Returns the kind that the value's class is registered under, or the name of the class. */
  private static <T> String kindOf(Map<String, Class<? extends T>> kinds, T value) {
    return kinds.entrySet().stream()
        .filter(entry -> entry.getValue() == value.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(value.getClass().getSimpleName());
  }

  /** Returns an instance with the built-in layers, initializers, optimizers, losses and tasks. */
  public static ModelJson standard() {
    return STANDARD;
  }

  /** Returns a copy with these layers and initializers. */
  public ModelJson network(NetworkJson newNetworks) {
    return new ModelJson(newNetworks, optimizers, losses, tasks);
  }

  /**
   * Returns a copy that also knows a custom optimizer.
   *
   * @param kind its name in JSON
   * @param optimizer its class, preferably a record
   * @throws IllegalArgumentException if the kind is already registered
   */
  public ModelJson withOptimizer(String kind, Class<? extends Optimizer> optimizer) {
    return new ModelJson(networks, KindResolver.with(optimizers, kind, optimizer), losses, tasks);
  }

  /** Returns a copy that also knows a custom loss; see {@link #withOptimizer}. */
  public ModelJson withLoss(String kind, Class<? extends Loss> loss) {
    return new ModelJson(networks, optimizers, KindResolver.with(losses, kind, loss), tasks);
  }

  /** Returns a copy that also knows a custom task; see {@link #withOptimizer}. */
  public ModelJson withTask(String kind, Class<? extends Task<?>> task) {
    return new ModelJson(networks, optimizers, losses, KindResolver.with(tasks, kind, task));
  }

  String write(SavedState state) {
    try {
      Document document =
          new Document(
              VERSION,
              network(state.network()),
              state.tasks(),
              state.several(),
              state.optimizer(),
              Options.of(state.options()),
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
            state.tasks(),
            state.several(),
            state.optimizer(),
            state.options(),
            ReachedJson.NOTHING,
            List.of());
    try {
      read(write(withoutHistory), false);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot be saved: " + e.getMessage(), e);
    }
    return write(state);
  }

  /**
   * Reads what {@link #write} wrote, in this version or an older one.
   *
   * @param regressor whether it was saved as a regressor, before version 4
   */
  SavedState read(String json, boolean regressor) {
    try {
      JsonNode tree = mapper.readTree(json);
      checkVersion(tree.path("version"));
      OldDescriptions.lift((ObjectNode) tree, () -> describedNetwork(tree), regressor);
      Document document = mapper.treeToValue(tree, Document.class);
      return new SavedState(
          network(tree),
          document.tasks(),
          document.several(),
          document.optimizer(),
          document.options().toOptions(),
          document.reached(),
          document.tensors());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.message(e), e);
    }
  }

  private JsonNode network(Optional<Network> network) throws JsonProcessingException {
    return network.isPresent()
        ? mapper.readTree(networks.write(network.get()))
        : TextNode.valueOf(USER_GRAPH);
  }

  /** Returns the network of a save before version 4, which always has one. */
  private Network describedNetwork(JsonNode tree) {
    return network(tree)
        .orElseThrow(
            () -> new IllegalArgumentException("network must be a description: " + USER_GRAPH));
  }

  private Optional<Network> network(JsonNode tree) {
    JsonNode network = tree.path("network");
    return network.asText().equals(USER_GRAPH)
        ? Optional.empty()
        : Optional.of(networks.read(network.toString()));
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

  /** The root object of the document. */
  private record Document(
      int version,
      JsonNode network,
      List<OutputTask<?>> tasks,
      boolean several,
      Optimizer optimizer,
      Options options,
      ReachedJson reached,
      List<SavedState.TensorEntry> tensors) {
    Document {
      if (tasks.isEmpty() || (!several && tasks.size() > 1)) {
        throw new IllegalArgumentException(
            "tasks must have %s: there are %d"
                .formatted(
                    several ? "at least one" : "exactly one, since several is false",
                    tasks.size()));
      }
    }
  }

  /**
   * The options that are saved.
   *
   * @param pictures a list of at most one format
   * @param groups a list of at most one regular expression
   */
  private record Options(
      long seed,
      Normalization normalization,
      Set<Rewrite> rewrites,
      Set<Mode> mixedPrecisionIn,
      List<PictureFormatJson> pictures,
      List<String> groups) {
    Options {
      if (pictures.size() > 1) {
        throw new IllegalArgumentException(
            "pictures must be a list of at most one format: " + pictures);
      }
      if (groups.size() > 1) {
        throw new IllegalArgumentException(
            "groups must be a list of at most one regular expression: " + groups);
      }
    }

    static Options of(ModelOptions options) {
      return new Options(
          options.seed(),
          options.normalization(),
          options.rewrites(),
          options.mixedPrecisionIn(),
          options.pictures().map(PictureFormatJson::of).stream().toList(),
          options.groups().stream().toList());
    }

    ModelOptions toOptions() {
      ModelOptions options =
          ModelOptions.seed(seed)
              .normalization(normalization)
              .rewrites(rewrites)
              .mixedPrecisionIn(mixedPrecisionIn);
      ModelOptions prepared =
          pictures.isEmpty() ? options : options.pictures(pictures.get(0).toFormat());
      return groups.isEmpty() ? prepared : prepared.groups(groups.get(0));
    }
  }

  private static Map<String, Class<? extends Task<?>>> tasks() {
    return Map.of(
        "classification", Classification.class,
        "multi_label", MultiLabel.class,
        "reconstruction", Reconstruction.class,
        "regression", Regression.class,
        "segmentation", Segmentation.class);
  }

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
    Map<String, Class<? extends Loss>> kinds = new TreeMap<>();
    kinds.put("categorical_hinge", CategoricalHinge.class);
    kinds.put("dice", Dice.class);
    kinds.put("hinge", Hinge.class);
    kinds.put("huber", Huber.class);
    kinds.put("kl_divergence", KlDivergence.class);
    kinds.put("log_cosh", LogCosh.class);
    kinds.put("mean_absolute_error", MeanAbsoluteError.class);
    kinds.put("mean_squared_error", MeanSquaredError.class);
    kinds.put("poisson", Poisson.class);
    kinds.put("scaled", Scaled.class);
    kinds.put("sigmoid_cross_entropy", SigmoidCrossEntropy.class);
    kinds.put("sigmoid_focal", SigmoidFocal.class);
    kinds.put("softmax_cross_entropy", SoftmaxCrossEntropy.class);
    kinds.put("softmax_focal", SoftmaxFocal.class);
    kinds.put("squared_hinge", SquaredHinge.class);
    kinds.put("sum", Sum.class);
    kinds.put("tversky", Tversky.class);
    return kinds;
  }
}
