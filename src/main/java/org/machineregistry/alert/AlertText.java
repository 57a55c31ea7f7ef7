package org.machineregistry.alert;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

import org.machineregistry.machine.OfflineReason;

/** Writes a message for people: a line for each machine, as many as fit where a receiver takes no more. */
final class AlertText {
    // ntfy takes 4,096 bytes; what Slack shows without folding is less.
    private static final int LONGEST_BYTES = 3_500;

    private static final int HOURS_OF_DAY = 24;
    private static final int MINUTES_OF_HOUR = 60;
    private static final int MINUTES_NEAR_HOUR = 5;
    private static final int SECONDS_OF_MINUTE = 60;
    private static final int SECONDS_NEAR_MINUTE = 50;

    private AlertText() {}

    static String title(List<MachineAlert> alerts) {
        if (alerts.size() == 1) {
            MachineAlert only = alerts.get(0);
            if (only.isRemoval()) {
                return line(only);
            }
            return only.name() + (only.down() ? " is offline" : " is back");
        }
        // A message about removals holds nothing else.
        if (alerts.get(0).isRemoval()) {
            return alerts.size() + " machines are removed unless they come back";
        }
        long down = alerts.stream().filter(MachineAlert::down).count();
        long back = alerts.size() - down;
        if (back == 0) {
            return down + " machines are offline";
        }
        return down == 0
                ? back + " machines are back"
                : offline(down) + ", " + back + (back == 1 ? " is" : " are") + " back";
    }

    private static String offline(long down) {
        return down + (down == 1 ? " machine is" : " machines are") + " offline";
    }

    /** @param escape makes a line safe for its receiver */
    static String lines(List<MachineAlert> alerts, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        int told = 0;
        for (MachineAlert alert : alerts) {
            String line = escape.apply(line(alert)) + '\n';
            bytes += line.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_BYTES) {
                break;
            }
            text.append(line);
            told++;
        }
        return told == alerts.size()
                ? text.toString().stripTrailing()
                : text.append("and ").append(alerts.size() - told).append(" more").toString();
    }

    static String line(MachineAlert alert) {
        if (alert.isRemoval()) {
            return alert.name() + " is removed in " + rounded(alert.removal().left()) + " unless it comes back";
        }
        return alert.down()
                ? alert.name() + " is offline since " + alert.at().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + reason(alert)
                : alert.name() + " is back after " + words(alert.outage());
    }

    static String reason(MachineAlert alert) {
        OfflineReason known = OfflineReason.of(alert.reason());
        return known == null ? alert.reason() : known.words;
    }

    /** Rounds to the largest unit that is nearly reached: a warning that is due a day before goes out a moment later. */
    private static String rounded(Duration left) {
        if (left.toHours() >= HOURS_OF_DAY - 1) {
            return count(left.plusHours(HOURS_OF_DAY / 2).toDays(), "day");
        }
        if (left.toMinutes() >= MINUTES_OF_HOUR - MINUTES_NEAR_HOUR) {
            return count(left.plusMinutes(MINUTES_OF_HOUR / 2).toHours(), "hour");
        }
        return left.toSeconds() >= SECONDS_NEAR_MINUTE
                ? count(left.plusSeconds(SECONDS_OF_MINUTE / 2).toMinutes(), "minute")
                : count(left.toSeconds(), "second");
    }

    private static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    static String words(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() > 1) {
            return duration.toHours() + " hours";
        }
        if (duration.toMinutes() > 1) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toSeconds() == 1 ? "1 second" : duration.toSeconds() + " seconds";
    }
}
