package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Inspection;
import java.util.List;

/** What only the pages on models with a certain task show. */
interface TaskPart {
  /** Returns what the task is called. */
  String task();

  /** Returns the names that the task gives to the network's outputs, such as its classes. */
  Fact names();

  /** Returns the most important results, for the top of the page. */
  List<Card> cards();

  /** Returns what an accuracy counts, in the plural. */
  String classified();

  /** Returns the sections on the results. */
  List<Section> results();

  /** Returns what is known about a test example, as plain text; empty if nothing is. */
  String known(int index);

  /** Returns the sections for which the network is looked into. */
  default List<Section> insights(Inspection inspection) {
    return List.of();
  }
}
