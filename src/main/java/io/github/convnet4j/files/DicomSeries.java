package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.DicomHeader;
import io.github.convnet4j.picture.PictureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The slices of a CT or MR scan, in the order in which they lie in the body.
 *
 * <pre>{@code
 * for (DicomSeries series : DicomSeries.in(Path.of("scans"))) {
 *   List<DicomSlice> slices = series.files().stream().map(DicomSlice::read).toList();
 *   …
 * }
 * }</pre>
 *
 * @param id SeriesInstanceUID; empty for files that do not have one
 * @param patient the patient's number; empty if it was removed
 * @param files the slices, sorted by position, or by their numbers if a position is missing
 */
public record DicomSeries(String id, Optional<String> patient, List<Path> files) {
  private record Slice(Path file, DicomHeader header) {}

  /** Makes a copy of the list. */
  public DicomSeries {
    files = List.copyOf(files);
  }

  /**
   * Returns all series below a folder, sorted by their identifiers. Files that are not DICOM files
   * are ignored, and so is DICOMDIR, the table of contents of a disk.
   *
   * @throws DataException if the folder or a DICOM file cannot be read, or there is none
   */
  public static List<DicomSeries> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + " is not a folder: give a folder of DICOM files");
    }
    Map<String, List<Slice>> slices = new TreeMap<>();
    FileList files = new FileList(folder);
    files.addAll(
        folder, file -> !FileNames.of(file).equals("DICOMDIR") && isDicom(file), found -> {});
    for (int i = 0; i < files.size(); i++) {
      Path file = files.path(i);
      DicomHeader header = DicomHeader.read(file);
      slices
          .computeIfAbsent(header.series().orElse(""), id -> new ArrayList<>())
          .add(new Slice(file, header));
    }
    if (slices.isEmpty()) {
      throw new DataException(folder + " holds no DICOM files: give another folder");
    }
    return slices.entrySet().stream()
        .map(entry -> sorted(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean isDicom(Path file) {
    try {
      return PictureKind.in(file).filter(kind -> kind == PictureKind.DICOM).isPresent();
    } catch (IOException e) {
      throw PictureFiles.unreadable(file, e);
    }
  }

  private static DicomSeries sorted(String id, List<Slice> slices) {
    boolean placed = slices.stream().allMatch(slice -> slice.header().position().isPresent());
    boolean numbered = slices.stream().allMatch(slice -> slice.header().number().isPresent());
    Comparator<Slice> order = Comparator.comparing(slice -> FileNames.of(slice.file()));
    if (numbered) {
      order =
          Comparator.<Slice>comparingDouble(s -> s.header().number().get()).thenComparing(order);
    }
    if (placed) {
      order =
          Comparator.<Slice>comparingDouble(s -> s.header().position().get()).thenComparing(order);
    }
    return new DicomSeries(
        id,
        slices.get(0).header().patient(),
        slices.stream().sorted(order).map(Slice::file).toList());
  }
}
