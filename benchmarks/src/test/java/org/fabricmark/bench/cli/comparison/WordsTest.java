package org.fabricmark.bench.cli.comparison;

import org.fabricmark.results.compare.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1|0|0|the ratio over launches does not differ from 1 at 5 %",
        "1|1|1|the ratio over launches differs from 1 at 5 %",
        "7|0|0|none of 7 ratios over launches differs from 1 at 5 %",
        "7|1|0|1 of 7 ratios over launches differs from 1 at 5 %, looked at one by one; looked at together (Holm) none"
                + " does: there may be too few launches to show it",
        "7|1|1|1 of 7 ratios over launches differs from 1 at 5 %, looked at one by one; looked at together (Holm) it"
                + " still does",
        "7|3|1|3 of 7 ratios over launches differ from 1 at 5 %, looked at one by one; looked at together (Holm) 1 of"
                + " these still does",
        "7|3|2|3 of 7 ratios over launches differ from 1 at 5 %, looked at one by one; looked at together (Holm) 2 of"
                + " these still do",
        "7|7|7|7 of 7 ratios over launches differ from 1 at 5 %, looked at one by one; looked at together (Holm) all of"
                + " these still do"})
    void shouldSayHowManyRatiosDiffer(int tests, int alone, int differing, String words) {
        assertEquals(words, Words.family(new Family(tests, alone, differing)));
    }
}
