package io.github.convnet4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.github.convnet4j.ArchitecturePage.Call;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/** The dependencies between the library's packages, as {@code docs/architecture.md} has them. */
@AnalyzeClasses(
    packages = "io.github.convnet4j",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.github.convnet4j.";
  private static final ArchitecturePage PAGE = ArchitecturePage.read();

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

  @ArchTest
  static void packagesUseWhatThePageSays(JavaClasses classes) {
    assertEquals(lines(dependencies(classes)), lines(PAGE.uses()));
  }

  /** Arrows that follow from others are not drawn, and neither are those to {@code check}. */
  @ArchTest
  static void thePictureHasTheArrowsThatDoNotFollowFromOthers(JavaClasses classes) {
    Map<String, Set<String>> uses = dependencies(classes);
    uses.values().forEach(used -> used.remove("check"));
    Map<String, Set<String>> needed = new TreeMap<>();
    uses.forEach(
        (name, used) -> {
          Set<String> direct = new TreeSet<>(used);
          used.forEach(other -> direct.removeAll(reachable(other, uses)));
          needed.put(name, direct);
        });
    assertEquals(lines(needed), lines(PAGE.drawn()));
  }

  @ArchTest
  static void thePictureShowsWhichPackagesUseTensorFlow(JavaClasses classes) {
    Set<String> using = new TreeSet<>();
    for (JavaClass each : classes) {
      if (each.getDirectDependenciesFromSelf().stream()
          .anyMatch(dependency -> usesTensorFlow(dependency.getTargetClass()))) {
        using.add(packageOf(each));
      }
    }
    assertEquals(using, PAGE.withTensorFlow());
  }

  private static boolean usesTensorFlow(JavaClass target) {
    String name = target.getBaseComponentType().getPackageName();
    return name.startsWith("org.tensorflow") && !name.startsWith("org.tensorflow.ndarray");
  }

  /** Each arrow is a call, also if it is in a lambda or a nested type. */
  @ArchTest
  static void aTrainingStepIsADozenCalls(JavaClasses classes) {
    assertEquals(
        IntStream.rangeClosed(1, 12).boxed().toList(),
        PAGE.step().stream().map(Call::number).toList());
    for (Call call : PAGE.step()) {
      assertTrue(
          classes.stream()
              .filter(each -> simpleName(each).split("\\.", -1)[0].equals(call.from()))
              .flatMap(each -> each.getMethodCallsFromSelf().stream())
              .anyMatch(
                  made ->
                      simpleName(made.getTargetOwner()).equals(call.to())
                          && made.getName().equals(call.method())),
          () -> "there is no such call: " + call);
    }
  }

  @ArchTest
  static void typesAndMethodsOnThePageExist(JavaClasses classes) {
    Set<String> known = new HashSet<>();
    for (JavaClass each : classes) {
      known.add(simpleName(each));
      each.getAllMethods().forEach(method -> known.add(simpleName(each) + "." + method.getName()));
    }
    Set<String> tests = Set.of(ArchitectureTest.class.getSimpleName());
    Set<String> ofTensorFlow = Set.of("Session.Runner.run");
    for (String mentioned : PAGE.mentioned()) {
      assertTrue(
          known.contains(mentioned)
              || tests.contains(mentioned)
              || ofTensorFlow.contains(mentioned),
          () -> "there is no " + mentioned);
    }
    assertTrue(PAGE.mentioned().size() > 20, () -> "too few are found: " + PAGE.mentioned());
  }

  /** Returns a line for each package, as on the page. */
  private static String lines(Map<String, Set<String>> uses) {
    return uses.entrySet().stream()
        .map(entry -> entry.getKey() + " \u2192 " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Returns a class's name without its package, with those of the types around it. */
  private static String simpleName(JavaClass each) {
    return each.getName().substring(each.getPackageName().length() + 1).replace('$', '.');
  }

  private static String packageOf(JavaClass each) {
    return each.getPackageName().substring(ROOT.length());
  }

  /** Returns the project's packages with the others that each uses. */
  private static Map<String, Set<String>> dependencies(JavaClasses classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass each : classes) {
      if (each.getPackageName().startsWith(ROOT)) {
        Set<String> used = uses.computeIfAbsent(packageOf(each), name -> new TreeSet<>());
        for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (target.getPackageName().startsWith(ROOT)) {
            used.add(packageOf(target));
          }
        }
        used.remove(packageOf(each));
      }
    }
    return uses;
  }

  /** Returns the packages that a package uses, directly or not. */
  private static Set<String> reachable(String name, Map<String, Set<String>> uses) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(uses.get(name));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (reached.add(next)) {
        open.addAll(uses.get(next));
      }
    }
    return reached;
  }

  /** Static methods that create a value from scratch; none reads like an option of a value. */
  private static final Set<String> FACTORIES =
      Set.of(
          "of",
          "by",
          "on",
          "to",
          "into",
          "read",
          "decode",
          "concat",
          "fromJson",
          "imageFolder",
          "digits",
          "standard",
          "defaults",
          "none",
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
              ROOT + "keras..",
              ROOT + "serve..",
              ROOT + "commandline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  /** Programs that read no Keras files do not need the library for HDF5. */
  @ArchTest
  static final ArchRule onlyKerasUsesHdf5 =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "keras..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jhdf..");

  /** Programs that serve no models need neither Jetty nor the library for metrics. */
  @ArchTest
  static final ArchRule onlyServeUsesTheServersLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "serve..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..", "io.prometheus..");

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
}
