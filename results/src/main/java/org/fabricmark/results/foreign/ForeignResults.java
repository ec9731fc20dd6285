package org.fabricmark.results.foreign;

import java.util.List;

import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Origin;

/**
 * What one file of another program says.
 *
 * @param origin the program
 * @param environment what it says of its surroundings and we have a place for
 * @param cells its cases
 * @param remarks what was left out and why, a line each
 */
record ForeignResults(Origin origin, Environment environment, List<ForeignCell> cells, List<String> remarks) {
    ForeignResults {
        cells = List.copyOf(cells);
        remarks = List.copyOf(remarks);
    }
}
