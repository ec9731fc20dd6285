package org.fabricmark.results.format;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseResult;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CsvFormatTest {
    private static final String HEADER =
            "collective,algorithm,transport,launch,ranks,type,op,root,in_place,placement,memory,"
                    + "cadence,buffers,arrival,bytes,count,calls,batch,time_us,min_us,p50_us,p99_us,"
                    + "max_us,skew_us,first_us,"
                    + "algbw_GBs,busbw_GBs,limit_us,exchange_ns,flags,wrong";
    private static final String FULL =
            "reduce,binomial,\"netty?io=epoll&mode=a,b\",processes,7,int64,max,rotate,yes,4x2,"
                    + "private,isolated,cold,late:1:200ms,800,100,20000,10,0.0512,0.05,0.0511,0.26,"
                    + "912.25,0.0003,1234567.5,15.625,"
                    + "15.625,0.025,51.5,mo,3";
    private static final String SPARSE =
            "all-reduce,auto:two-shot,shm,threads,2,float,sum,-1,no,one-host,window,streaming,"
                    + "same,none,8,2,5,1,12,,,,,,,,,,,,";

    @Test
    void shouldWriteTheHeaderAndOneLineForEachCase() throws IOException {
        assertEquals(HEADER + "\n" + FULL + "\n" + SPARSE + "\n", write(Samples.FULL, Samples.SPARSE));
        assertEquals(HEADER, CsvFormat.HEADER);
    }

    @Test
    void shouldWriteTheSameTextInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(HEADER + "\n" + FULL + "\n", write(Samples.FULL));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldGiveEachLineOutAtOnce() throws IOException {
        StringWriter out = new StringWriter();
        int[] flushes = {0};
        CsvWriter writer = CsvFormat.writer(new FilterWriter(out) {
            @Override
            public void flush() {
                flushes[0]++;
            }
        });
        assertEquals(HEADER + "\n", out.toString());
        writer.write(Samples.SPARSE);
        assertEquals(HEADER + "\n" + SPARSE + "\n", out.toString());
        assertEquals(2, flushes[0]);
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        assertEquals(List.of(Samples.FULL, Samples.SPARSE), read(write(Samples.FULL, Samples.SPARSE)));
        assertEquals(List.of(), read(write()));
    }

    @Test
    void shouldNotHaveColumnsForOverlap() throws IOException {
        assertEquals(HEADER + "\n" + SPARSE.replace(",8,2,", ",16,4,") + "\n", write(Samples.OVERLAPPED));
    }

    @Test
    void shouldReadColumnsByNameWhateverTheirOrderAndNumber() throws IOException {
        String file = "bytes,future,wrong,time_us,batch,calls,count,in_place,transport,algorithm,collective\r\n"
                + "8,x,,12,1,5,2,no,shm,auto:two-shot,all-reduce\r\n";
        assertEquals(List.of(Samples.SPARSE), read(file));
    }

    @Test
    void shouldSayInOneLineWhatCannotBeRead() {
        assertRefused("f.csv is empty: the first line has to name the columns", "");
        assertRefused("f.csv has no results: its first line names no column 'collective'", "a,b\n1,2\n");
        assertRefused("f.csv names column 'ranks' twice", "collective,ranks,ranks\n");
        assertRefused("f.csv line 3: time_us 'fast' is not a number",
                HEADER + "\n" + SPARSE + "\n" + SPARSE.replace(",12,", ",fast,") + "\n");
        assertRefused("f.csv line 2: a result needs 'time_us'", HEADER + "\n" + SPARSE.replace(",12,", ",,") + "\n");
        assertRefused("f.csv line 2: algorithm 'auto' does not say which algorithm ran",
                HEADER + "\n" + SPARSE.replace("auto:two-shot", "auto") + "\n");
        assertRefused("f.csv line 2 ends before column 'algorithm'", HEADER + "\nall-reduce\n");
    }

    @Test
    void shouldSayThatAQuoteIsNotClosed() {
        Exception refusal = assertThrows(RunFormatException.class, () -> read(HEADER + "\n\"all-reduce,ring"));
        assertEquals(1, refusal.getMessage().lines().count());
        assertEquals("f.csv is not CSV", refusal.getMessage().split(":")[0]);
    }

    private static String write(CaseResult... results) throws IOException {
        StringWriter out = new StringWriter();
        CsvWriter writer = CsvFormat.writer(out);
        for (CaseResult result : results) {
            writer.write(result);
        }
        return out.toString();
    }

    private static List<CaseResult> read(String text) throws IOException {
        return CsvFormat.read(new StringReader(text), "f.csv");
    }

    private static void assertRefused(String message, String text) {
        assertEquals(message, assertThrows(RunFormatException.class, () -> read(text)).getMessage());
    }
}
