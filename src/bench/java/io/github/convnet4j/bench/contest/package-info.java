/**
 * Contests: several programs do the same work in turns, each in a separate process that stays
 * alive. Their times are compared round by round.
 */
package io.github.convnet4j.bench.contest;
