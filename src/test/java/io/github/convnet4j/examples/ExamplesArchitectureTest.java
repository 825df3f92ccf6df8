package io.github.convnet4j.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.convnet4j.data.MersenneTwister;

/** The examples' replacements for numpy and matplotlib use neither the examples nor TensorFlow. */
@AnalyzeClasses(packages = "io.github.convnet4j.examples")
class ExamplesArchitectureTest {
  private static final String ROOT = "io.github.convnet4j.";

  @ArchTest
  static final ArchRule plotUsesNoOtherPackage =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "examples.plot..")
          .should()
          .dependOnClassesThat(projectOutside(ROOT + "examples.plot.."));

  @ArchTest
  static final ArchRule numpyUsesOnlyTheMersenneTwister =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "examples.numpy..")
          .should()
          .dependOnClassesThat(
              projectOutside(ROOT + "examples.numpy..")
                  .and(DescribedPredicate.not(JavaClass.Predicates.type(MersenneTwister.class))));

  @ArchTest
  static final ArchRule neitherUsesTensorFlow =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "examples.plot..", ROOT + "examples.numpy..")
          .and()
          .haveNameNotMatching(".*Test(\\$.*)?")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.tensorflow..")
                  .and(DescribedPredicate.not(resideInAPackage("org.tensorflow.ndarray.."))));

  private static DescribedPredicate<JavaClass> projectOutside(String itself) {
    return resideInAPackage("io.github.convnet4j..")
        .and(DescribedPredicate.not(resideInAPackage(itself)));
  }
}
