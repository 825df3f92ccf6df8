package io.github.convnet4j.data;

import java.util.random.RandomGenerator;

/**
 * MT19937, the generator behind {@code numpy.random.seed} and Python's {@code random}, seeded as
 * each of them seeds it.
 *
 * <p>Maintained Java libraries have this generator, but only with array seeding. Numpy's legacy
 * seeding is the scalar one.
 *
 * <p>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed
 * uniform pseudorandom number generator", ACM TOMACS 8 (1998), with the initialization of 2002.
 *
 * <p>Not thread-safe.
 */
public final class MersenneTwister implements RandomGenerator {
  private static final int N = 624;
  private static final int M = 397;
  private static final int MATRIX_A = 0x9908b0df;
  private static final int UPPER_MASK = 0x80000000;
  private static final int LOWER_MASK = 0x7fffffff;

  private final int[] state = new int[N];
  private int index = N;

  private MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /**
   * Returns a generator seeded with one number, like {@code numpy.random.seed}: {@code
   * init_genrand}.
   */
  public static MersenneTwister ofScalar(int seed) {
    return new MersenneTwister(seed);
  }

  /**
   * Returns a generator seeded with several numbers, like Python's {@code random.seed}: {@code
   * init_by_array}.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static MersenneTwister ofArray(int... key) {
    if (key.length == 0) {
      throw new IllegalArgumentException("key must have at least one number: it is empty");
    }
    MersenneTwister twister = new MersenneTwister(19650218);
    int[] mt = twister.state;
    int i = 1;
    int j = 0;
    for (int k = Math.max(N, key.length); k > 0; k--) {
      mt[i] = (mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >>> 30)) * 1664525)) + key[j] + j;
      i = next(mt, i);
      j = (j + 1) % key.length;
    }
    for (int k = N - 1; k > 0; k--) {
      mt[i] = (mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >>> 30)) * 1566083941)) - i;
      i = next(mt, i);
    }
    mt[0] = UPPER_MASK;
    return twister;
  }

  private static int next(int[] mt, int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    mt[0] = mt[N - 1];
    return 1;
  }

  @Override
  public int nextInt() {
    if (index == N) {
      regenerate();
    }
    int y = state[index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  @Override
  public long nextLong() {
    long low = Integer.toUnsignedLong(nextInt());
    return low | ((long) nextInt() << 32);
  }

  private void regenerate() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & UPPER_MASK) | (state[(i + 1) % N] & LOWER_MASK);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX_A);
    }
    index = 0;
  }
}
