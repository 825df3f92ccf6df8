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

/** The dependencies between the library's packages, as {@code docs/design.md} draws them. */
@AnalyzeClasses(
    packages = "io.github.convnet4j",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.github.convnet4j.";

  /** Data and metrics can be used without TensorFlow: their interfaces use arrays on the heap. */
  @ArchTest
  static final ArchRule heapPackagesDoNotUseTensorFlow =
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

  @ArchTest static final ArchRule dataUsesNoOther = usesOnly("data");
  @ArchTest static final ArchRule augmentUsesOnlyData = usesOnly("augment", "data");

  @ArchTest static final ArchRule checkUsesNoOther = usesOnly("check");
  @ArchTest static final ArchRule scheduleUsesNoOther = usesOnly("schedule");
  @ArchTest static final ArchRule nativesUsesNoOther = usesOnly("natives");
  @ArchTest static final ArchRule optimizerUsesOnlyNatives = usesOnly("optimizer", "natives");
  @ArchTest static final ArchRule initializerUsesNoOther = usesOnly("initializer");
  @ArchTest static final ArchRule layerUsesOnlyInitializer = usesOnly("layer", "initializer");

  @ArchTest static final ArchRule lossUsesNoOther = usesOnly("loss");
  @ArchTest static final ArchRule evaluateUsesNoOther = usesOnly("evaluate");
  @ArchTest static final ArchRule jsonUsesNoOther = usesOnly("json");
  @ArchTest static final ArchRule storeUsesNoOther = usesOnly("store");

  @ArchTest
  static final ArchRule taskUsesOnlyLossesAndMetrics = usesOnly("task", "loss", "evaluate");

  @ArchTest
  static final ArchRule trainUsesItsParts =
      usesOnly(
          "train",
          "task",
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
  static final ArchRule listenerUsesWhatListenersAreGiven =
      usesOnly("listener", "train", "task", "data", "evaluate", "model", "layer", "json", "store");

  @ArchTest
  static final ArchRule tensorboardUsesWhatListenersAreGiven =
      usesOnly("tensorboard", "train", "task", "data", "model", "layer", "evaluate", "store");

  @ArchTest
  static final ArchRule inspectUsesTheModelAndItsParts =
      usesOnly(
          "inspect",
          "train",
          "task",
          "data",
          "model",
          "layer",
          "initializer",
          "evaluate",
          "natives");

  @ArchTest
  static final ArchRule reportUsesWhatItShows =
      usesOnly(
          "report",
          "inspect",
          "train",
          "task",
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
  static final ArchRule modelUsesLayersAndInitializers =
      usesOnly("model", "layer", "initializer", "json", "natives");

  /** Static methods that create a value from scratch; none reads like an option of a value. */
  private static final Set<String> FACTORIES =
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
   * In {@code options.normalization(byChannel).seed(7)}, a static {@code seed(long)} would silently
   * drop the normalization. Static methods of interfaces cannot be called like that.
   */
  @ArchTest
  static final ArchRule noOptionDropsOtherOptions =
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
        && !FACTORIES.contains(method.getName())
        && owner.getMethods().stream()
            .anyMatch(
                other ->
                    other.getRawReturnType().equals(owner)
                        && other.getModifiers().contains(JavaModifier.PUBLIC)
                        && !other.getModifiers().contains(JavaModifier.STATIC));
  }

  /** Closing a graph before its session hangs, so only one package opens and closes them. */
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

  /** Layers, optimizers and losses do not depend on JSON; the packages that save them do. */
  @ArchTest
  static final ArchRule onlyPackagesThatSaveJsonUseJackson =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "json..",
              ROOT + "model..",
              ROOT + "train..",
              ROOT + "listener..",
              ROOT + "commandline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  /** Programs that depend on the library's jar get neither picocli nor JLine. */
  @ArchTest
  static final ArchRule onlyTheCommandLineUsesItsLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "commandline..", ROOT + "examples..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.jline..", ROOT + "commandline..");

  @ArchTest
  static final ArchRule onlyInspectUsesTheLinearAlgebra =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "inspect..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ejml..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  /**
   * Allows a package to use, of the project's packages, only itself, {@code check} and those named.
   */
  private static ArchRule usesOnly(String name, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(name, "check"), Stream.of(others))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "*..").and(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .as("package " + name + " uses, of the project's packages, only " + List.of(others));
  }
}
