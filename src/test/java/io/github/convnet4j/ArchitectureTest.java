package io.github.convnet4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The arrows between the library's packages, as {@code docs/design.md} draws them. */
@AnalyzeClasses(
    packages = "io.github.convnet4j",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.github.convnet4j.";

  @ArchTest
  static final ArchRule numpyKnowsNoOtherPackage =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "numpy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "data..", ROOT + "plot..", ROOT + "optimizer..");

  @ArchTest
  static final ArchRule initialisersKnowNoOtherPackage =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "initializer..")
          .should()
          .dependOnClassesThat(ofTheLibraryOutside("initializer"));

  @ArchTest
  static final ArchRule layersKnowInitialisersAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "layer..")
          .should()
          .dependOnClassesThat(ofTheLibraryOutside("layer", "initializer"));

  @ArchTest
  static final ArchRule modelKnowsNeitherPicturesNorFiles =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "data..", ROOT + "plot..", ROOT + "numpy..");

  /** JSON is the model's: a layer is described without it. */
  @ArchTest
  static final ArchRule onlyTheModelKnowsJackson =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  private static DescribedPredicate<JavaClass> ofTheLibraryOutside(String... packages) {
    String[] allowed = Stream.of(packages).map(p -> ROOT + p + "..").toArray(String[]::new);
    return resideInAPackage("io.github.convnet4j..").and(resideOutsideOfPackages(allowed));
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycle =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}
