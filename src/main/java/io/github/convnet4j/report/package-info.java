/**
 * Shows what a model has learned: a single HTML page ({@link io.github.convnet4j.report.Report}),
 * or its pictures and charts one at a time ({@link io.github.convnet4j.report.Pictures}, {@link
 * io.github.convnet4j.report.Charts}).
 */
package io.github.convnet4j.report;
