package io.github.convnet4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/** The arrows between the library's packages, as {@code docs/design.md} draws them. */
@AnalyzeClasses(
    packages = "io.github.convnet4j",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.github.convnet4j.";

  /** Data and measures are for programs without TensorFlow, too: they speak of heap arrays. */
  @ArchTest
  static final ArchRule heapPackagesKnowNoTensorFlow =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "data..",
              ROOT + "augment..",
              ROOT + "schedule..",
              ROOT + "evaluate..",
              ROOT + "store..",
              ROOT + "report..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.tensorflow..")
                  .and(DescribedPredicate.not(resideInAPackage("org.tensorflow.ndarray.."))));

  @ArchTest static final ArchRule dataKnowsNoOther = knowsOnly("data");
  @ArchTest static final ArchRule augmentKnowsDataAlone = knowsOnly("augment", "data");

  @ArchTest static final ArchRule checkKnowsNoOther = knowsOnly("check");
  @ArchTest static final ArchRule scheduleKnowsNoOther = knowsOnly("schedule");
  @ArchTest static final ArchRule nativesKnowsNoOther = knowsOnly("natives");
  @ArchTest static final ArchRule optimizerKnowsNativesAlone = knowsOnly("optimizer", "natives");
  @ArchTest static final ArchRule initializerKnowsNoOther = knowsOnly("initializer");
  @ArchTest static final ArchRule layerKnowsInitializerAlone = knowsOnly("layer", "initializer");

  @ArchTest static final ArchRule lossKnowsNoOther = knowsOnly("loss");
  @ArchTest static final ArchRule evaluateKnowsNoOther = knowsOnly("evaluate");
  @ArchTest static final ArchRule jsonKnowsNoOther = knowsOnly("json");
  @ArchTest static final ArchRule storeKnowsNoOther = knowsOnly("store");

  @ArchTest
  static final ArchRule classifierKnowsWhatItIsMadeOf =
      knowsOnly(
          "classifier",
          "data",
          "augment",
          "schedule",
          "model",
          "layer",
          "optimizer",
          "loss",
          "evaluate",
          "json",
          "store",
          "natives");

  @ArchTest
  static final ArchRule listenerKnowsWhatAListenerIsTold =
      knowsOnly("listener", "classifier", "data", "evaluate", "model", "layer", "json", "store");

  @ArchTest
  static final ArchRule tensorboardKnowsWhatItIsToldOfTraining =
      knowsOnly("tensorboard", "classifier", "data", "model", "layer", "evaluate", "store");

  @ArchTest
  static final ArchRule inspectKnowsTheClassifierAndWhatItIsMadeOf =
      knowsOnly(
          "inspect", "classifier", "data", "model", "layer", "initializer", "evaluate", "natives");

  @ArchTest
  static final ArchRule reportKnowsWhatItShows =
      knowsOnly(
          "report",
          "inspect",
          "classifier",
          "data",
          "model",
          "layer",
          "evaluate",
          "loss",
          "optimizer",
          "augment",
          "schedule",
          "store");

  @ArchTest
  static final ArchRule modelKnowsLayersAndInitializers =
      knowsOnly("model", "layer", "initializer", "json", "natives");

  /** Static methods that make a value from all that it needs; none reads like an option of it. */
  private static final Set<String> MAKERS =
      Set.of(
          "of",
          "on",
          "to",
          "into",
          "read",
          "concat",
          "fromJson",
          "imageFolder",
          "digits",
          "standard",
          "defaults",
          "asTheyAre",
          "statistic",
          "trainable",
          "everyEpoch",
          "everySteps",
          "best");

  /**
   * In {@code options.classNames("cat", "dog").seed(7)} a static {@code seed(long)} would drop the
   * names without a word. An interface's static method cannot be called like that.
   */
  @ArchTest
  static final ArchRule noOptionDropsTheOthers =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .areNotInterfaces()
          .should(
              ArchCondition.from(
                  DescribedPredicate.describe(
                      "read like an option of a value with other options",
                      ArchitectureTest::readsLikeAnOption)));

  private static boolean readsLikeAnOption(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return method.getRawReturnType().equals(owner)
        && !MAKERS.contains(method.getName())
        && owner.getMethods().stream()
            .anyMatch(
                other ->
                    other.getRawReturnType().equals(owner)
                        && other.getModifiers().contains(JavaModifier.PUBLIC)
                        && !other.getModifiers().contains(JavaModifier.STATIC));
  }

  /** A graph that is closed before its session hangs: one class knows the order. */
  @ArchTest
  static final ArchRule onlyNativesOpensGraphsAndSessions =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "natives..", ROOT + "examples..")
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "opens a graph or a session",
                  (JavaConstructorCall call) ->
                      call.getTargetOwner().isEquivalentTo(Graph.class)
                          || call.getTargetOwner().isEquivalentTo(Session.class)));

  /** Layers, optimizers and losses are described without JSON; who keeps them on disk knows it. */
  @ArchTest
  static final ArchRule onlyThoseThatKeepThingsAsJsonKnowJackson =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "json..",
              ROOT + "model..",
              ROOT + "classifier..",
              ROOT + "listener..",
              ROOT + "commandline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  /** Those who depend on the library's jar get neither picocli nor a terminal's library. */
  @ArchTest
  static final ArchRule onlyTheCommandLineNeedsItsLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "commandline..", ROOT + "examples..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.jline..", ROOT + "commandline..");

  @ArchTest
  static final ArchRule onlyInspectKnowsTheLinearAlgebra =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "inspect..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ejml..");

  @ArchTest
  static final ArchRule packagesHaveNoCycle =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  /** A package that knows, of the project's, itself, the checks of arguments and those named. */
  private static ArchRule knowsOnly(String name, String... others) {
    String[] known =
        Stream.concat(Stream.of(name, "check"), Stream.of(others))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "*..").and(DescribedPredicate.not(resideInAnyPackage(known))))
        .as("package " + name + " knows, of the project's packages, only " + List.of(others));
  }
}
