package org.fabricmark.results.report;

import java.util.List;

/**
 * A picture that is a table: who wins where, as a name, a note and a shade in each place.
 *
 * @param title what it is a map of
 * @param corner what the row and column heads are
 * @param columns heads of the columns
 * @param rows the rows
 */
record MapTable(String title, String corner, List<String> columns, List<Row> rows) {
    private static final int MOST_SHADE = 9;

    MapTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param head its name
     * @param places a place for each column
     */
    record Row(String head, List<Place> places) {
        Row {
            places = List.copyOf(places);
        }
    }

    /**
     * A place on the map.
     *
     * @param text what is there; empty if nothing is
     * @param note more about it
     * @param strength from 0, hardly, to 1, clearly
     * @param decided whether it is certain
     */
    record Place(String text, String note, double strength, boolean decided) {
        /** Nothing was measured there. */
        static final Place NOTHING = new Place("", "", 0, true);

        /** Classes of the style sheet: how strong, and hatched where undecided. */
        String style() {
            long shade = text.isEmpty() ? 0 : Math.round(Math.clamp(strength, 0, 1) * MOST_SHADE);
            return "shade" + shade + (decided ? "" : " undecided");
        }
    }
}
