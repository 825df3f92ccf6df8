package io.github.convnet4j.spark;

import io.github.convnet4j.train.SessionOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** How TensorFlow runs in an executor. */
final class Executors {
  private static final String CORES = "spark.executor.cores";

  /**
   * {@code local[2]}, {@code local[2, 4]} with the number of attempts, {@code local-cluster[…]}.
   */
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(,.*)?]");

  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,.*]");

  private Executors() {}

  /**
   * Returns options with as many threads for operations as the executor has cores. All tasks of an
   * executor share them, since TensorFlow has these threads once per process. By itself it would
   * take all cores of the machine, also those of the other executors.
   */
  static SessionOptions session() {
    SparkConf conf = SparkEnv.get().conf();
    return SessionOptions.standard().intraOpThreads(cores(conf));
  }

  static int cores(SparkConf conf) {
    String master = conf.get("spark.master", "");
    for (Pattern pattern : new Pattern[] {LOCAL, LOCAL_CLUSTER}) {
      Matcher matcher = pattern.matcher(master);
      if (matcher.matches()) {
        return Math.max(1, Integer.parseInt(matcher.group(1)));
      }
    }
    if (conf.contains(CORES)) {
      return Math.max(1, conf.getInt(CORES, 1));
    }
    return Runtime.getRuntime().availableProcessors();
  }
}
