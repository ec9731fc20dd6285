package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import org.fabricmark.schedule.verify.Form;
import picocli.CommandLine.ITypeConverter;

/** The form of a schedule, by its label. */
public final class Forms implements ITypeConverter<Form> {
    @Override
    public Form convert(String text) {
        return Arrays.stream(Form.values())
                .filter(form -> form.label().equals(text))
                .findFirst()
                .orElseThrow(() -> Names.unknown("form", text, Arrays.stream(Form.values()).map(Form::label).toList(),
                        null));
    }
}
