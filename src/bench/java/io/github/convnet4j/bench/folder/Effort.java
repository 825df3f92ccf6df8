package io.github.convnet4j.bench.folder;

import java.lang.management.ManagementFactory;

/**
 * What a piece of work took in this process.
 *
 * @param seconds elapsed time
 * @param processorSeconds time of all cores
 */
record Effort(double seconds, double processorSeconds) {
  private static final double NANOSECONDS = 1e-9;
  private static final com.sun.management.OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

  /** Returns what this process has taken until now, to be subtracted from a later value. */
  static Effort untilNow() {
    return new Effort(System.nanoTime() * NANOSECONDS, PROCESS.getProcessCpuTime() * NANOSECONDS);
  }

  /** Returns what has been taken since an earlier moment, divided by a number of equal parts. */
  Effort since(Effort earlier, int parts) {
    return new Effort(
        (seconds - earlier.seconds) / parts, (processorSeconds - earlier.processorSeconds) / parts);
  }

  /**
   * Returns the least elapsed time of work that takes as much as this and more time of the
   * processor: if the additional work is spread over all cores, and nothing waits.
   *
   * @param more what takes more time of the processor
   */
  double atLeast(Effort more, int cores) {
    return seconds + (more.processorSeconds - processorSeconds) / cores;
  }
}
