/**
 * Checks of arguments that several packages share. Not part of the API: public only because Java
 * has no narrower access that reaches other packages, and changed without notice.
 */
package io.github.convnet4j.check;
