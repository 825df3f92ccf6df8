/**
 * Contests: several programs do the same work by turns, each in a process of its own that stays
 * alive, and what they took is compared round by round.
 */
package io.github.convnet4j.bench.contest;
