/**
 * Values to and from JSON, told apart by a field {@code kind}: for this library's own use, apart
 * from what the packages that use it make of it.
 */
package io.github.convnet4j.json;
