/**
 * Files on disk that belong together. They are replaced all at once, and checked when they are
 * read.
 */
package io.github.convnet4j.store;
