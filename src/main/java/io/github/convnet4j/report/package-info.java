/**
 * What a classifier has learned, to look at: one page of HTML that holds everything ({@link
 * io.github.convnet4j.report.Report}), and its pictures and charts one by one ({@link
 * io.github.convnet4j.report.Pictures}, {@link io.github.convnet4j.report.Charts}).
 */
package io.github.convnet4j.report;
