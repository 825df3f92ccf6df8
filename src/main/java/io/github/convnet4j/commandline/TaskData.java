package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.files.ExampleParts;

/** Examples for training, validation and testing, for any task. */
interface TaskData {
  /** Returns labeled images. */
  static TaskData of(DataSets sets) {
    return new OfClasses(sets);
  }

  /** Returns pictures with other targets. */
  static TaskData of(ExampleParts parts) {
    return new OfParts(parts);
  }

  Source train();

  Source validation();

  Source test();

  Source trainAndValidation();

  /**
   * Returns the same examples with another share for validation, of those that are not for testing.
   */
  TaskData validationShare(double share);

  /** Images with one class each. */
  record OfClasses(DataSets sets) implements TaskData {
    @Override
    public Source train() {
      return sets.train();
    }

    @Override
    public Source validation() {
      return sets.validation();
    }

    @Override
    public Source test() {
      return sets.test();
    }

    @Override
    public Source trainAndValidation() {
      return DataSet.concat(sets.validation(), sets.train());
    }

    @Override
    public TaskData validationShare(double share) {
      return new OfClasses(sets.validationShare(share));
    }
  }

  /** Pictures with numbers, labels or masks. */
  record OfParts(ExampleParts parts) implements TaskData {
    @Override
    public Source train() {
      return parts.train();
    }

    @Override
    public Source validation() {
      return parts.validation();
    }

    @Override
    public Source test() {
      return parts.test();
    }

    @Override
    public Source trainAndValidation() {
      return parts.trainAndValidation();
    }

    @Override
    public TaskData validationShare(double share) {
      return new OfParts(parts.validationShare(share));
    }
  }
}
