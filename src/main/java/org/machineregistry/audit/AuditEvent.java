package org.machineregistry.audit;

import java.util.Locale;

/** What an operator can count, and alarm on. */
public enum AuditEvent {
    MACHINE_TOKEN_REFUSED("wrong machine tokens"), MACHINE_TOKEN_LIMITED(
            "requests of who presented too many of them"), SESSION_REFUSED(
                    "sessions that are not good"), SESSION_STARTED("anonymous sessions started"), SESSION_LIMITED(
                            "more refused, because of too many for an address"), QUOTA_REACHED(
                                    "registrations past a quota"), TOKEN_ROTATED("tokens rotated"), TOKEN_REVOKED(
                                            "tokens revoked"), MACHINE_DELETED("machines deleted");

    /** As the summary in the log says it, behind a number. */
    final String plural;

    AuditEvent(String plural) {
        this.plural = plural;
    }

    /** As metrics and lines in the log say it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
