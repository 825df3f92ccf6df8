package io.github.convnet4j.picture;

import io.github.convnet4j.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a DICOM file says about where its image belongs.
 *
 * @param patient the patient's number (PatientID); empty if it was removed
 * @param series the identifier of the series of slices that the image is one of (SeriesInstanceUID)
 * @param number the number of the image in its series (InstanceNumber)
 * @param position where the image lies along the axis of its scan, in millimeters:
 *     ImagePositionPatient projected on the normal of ImageOrientationPatient
 */
public record DicomHeader(
    Optional<String> patient,
    Optional<String> series,
    Optional<Double> number,
    Optional<Double> position) {
  /**
   * Reads it without decoding the image.
   *
   * @throws DataException if the file cannot be read, is not a DICOM file, or is damaged
   */
  public static DicomHeader read(Path path) {
    return of(DicomFile.parse(path.toString(), DicomSlice.content(path)));
  }

  static DicomHeader of(DicomFile file) {
    return new DicomHeader(
        file.text(DicomFile.PATIENT_ID),
        file.text(DicomFile.SERIES),
        file.numbers(DicomFile.INSTANCE_NUMBER).stream().findFirst(),
        position(file));
  }

  private static Optional<Double> position(DicomFile file) {
    List<Double> at = file.numbers(DicomFile.POSITION);
    List<Double> axes = file.numbers(DicomFile.ORIENTATION);
    if (at.size() != 3 || axes.size() != 6) {
      return Optional.empty();
    }
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      int k = (i + 2) % 3;
      sum += at.get(i) * (axes.get(j) * axes.get(3 + k) - axes.get(k) * axes.get(3 + j));
    }
    return Optional.of(sum);
  }
}
