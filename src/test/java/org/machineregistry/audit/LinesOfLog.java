package org.machineregistry.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;

/** What was written to a log. */
final class LinesOfLog extends Handler {
    final List<String> lines = new CopyOnWriteArrayList<>();

    /** The lines of what this person did. */
    List<String> of(String person) {
        return lines.stream().filter(line -> line.contains(" person=" + person + " ")).toList();
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
