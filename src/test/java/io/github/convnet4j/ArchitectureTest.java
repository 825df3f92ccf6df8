package io.github.convnet4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
  static final ArchRule packagesHaveNoCycle =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}
