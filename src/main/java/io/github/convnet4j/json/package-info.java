/**
 * Shared JSON support for this library's own use. A field {@code kind} names the class of a value.
 */
package io.github.convnet4j.json;
