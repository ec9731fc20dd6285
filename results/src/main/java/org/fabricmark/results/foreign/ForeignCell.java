package org.fabricmark.results.foreign;

import java.util.List;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Launch;

/**
 * A case that another program measured.
 *
 * @param place where it is, for errors
 * @param result its numbers
 * @param launches its samples, if the file has them
 */
record ForeignCell(String place, CaseResult result, List<Launch> launches) {
    ForeignCell {
        launches = List.copyOf(launches);
    }
}
