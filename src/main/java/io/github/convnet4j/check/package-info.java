/**
 * Checks of arguments, and other small rules, that several packages share. Not part of the API, and
 * subject to change without notice: public only because Java has no narrower access across
 * packages.
 */
package io.github.convnet4j.check;
