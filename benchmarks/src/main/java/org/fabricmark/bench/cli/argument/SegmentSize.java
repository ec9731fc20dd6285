package org.fabricmark.bench.cli.argument;

import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;

/** A segment in bytes, or {@code auto}. */
public final class SegmentSize implements ITypeConverter<OptionalLong> {
    @Override
    public OptionalLong convert(String text) {
        return text.equals(AlgorithmNames.AUTO) ? OptionalLong.empty() : OptionalLong.of(ByteSize.parse(text).bytes());
    }
}
