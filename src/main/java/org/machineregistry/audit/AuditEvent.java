package org.machineregistry.audit;

import java.util.Locale;

/** The events that an operator can count, and alarm on. */
public enum AuditEvent {
    /** A machine's token was refused: an unknown machine, a wrong secret, or no token at all. */
    MACHINE_TOKEN_REFUSED("wrong machine tokens"),
    /** A token was refused unseen, because too many wrong ones came before. */
    MACHINE_TOKEN_LIMITED("requests after too many wrong machine tokens"),
    /** A session was refused: its JWT is not good, or its cookie came several times, of different people. */
    SESSION_REFUSED("sessions that are not good"),
    /** Somebody without an account got a session. */
    SESSION_STARTED("anonymous sessions started"),
    /** A session was not started, or a recovery link not made or not opened, because too many were of that address. */
    SESSION_LIMITED("sessions more than an address may start"),
    /** Somebody signed in with an account at the OpenID provider. */
    SIGNED_IN("people signed in"),
    /** Somebody without an account made a recovery link. */
    RECOVERY_LINK_MADE("recovery links made"),
    /** Somebody opened a recovery link. */
    SESSION_RECOVERED("sessions started by recovery links"),
    /** Somebody signed out. */
    SESSION_REVOKED("sessions signed out"),
    /** Somebody signed out everywhere. */
    SESSIONS_REVOKED("people signed out everywhere"),
    /** A machine was not registered: its owner, or all people without an account together, had too many. */
    QUOTA_REACHED("registrations past a quota"),
    /** A token was rotated, and the older one goes on for a while. */
    TOKEN_ROTATED("tokens rotated"),
    /** A token was rotated, and the older one ended at once. */
    TOKEN_REVOKED("tokens revoked"),
    /** A machine went from one owner to another. */
    MACHINE_HANDED_OVER("machines handed over"),
    /** Somebody without an account signed in, and their machines came along. */
    MACHINES_BROUGHT_ALONG("machines brought along by people who signed in"),
    /** Many machines were changed at once. */
    MACHINES_CHANGED("changes of many machines at once"),
    /** Many machines were deleted at once; their tokens ended with them. */
    MACHINES_DELETED("deletions of many machines at once"),
    /** A machine was given labels, or relieved of some. */
    MACHINE_LABELLED("machines labelled"),
    /** A person made an API token for their programs. */
    API_TOKEN_MADE("API tokens made"),
    /** An API token was revoked before it expired. */
    API_TOKEN_REVOKED("API tokens revoked"),
    /** Somebody made a key with which machines register themselves. */
    ENROLMENT_KEY_MADE("enrolment keys made"),
    /** An enrolment key was revoked before it expired. */
    ENROLMENT_KEY_REVOKED("enrolment keys revoked"),
    /** A machine came with an enrolment key that is not good. */
    ENROLMENT_KEY_REFUSED("enrolment keys that are not good"),
    /** A person registered a machine. */
    MACHINE_REGISTERED("machines registered"),
    /** A machine was given another name. */
    MACHINE_RENAMED("machines renamed"),
    /** A machine registered itself with an enrolment key. */
    MACHINE_ENROLLED("machines enrolled"),
    /** A machine said that it leaves for good; its token ended with it. */
    MACHINE_LEFT("machines that left for good"),
    /** The service removed a machine of somebody without an account that had never connected. */
    LEFTOVER_REMOVED("machines of people without an account removed that never connected"),
    /** The service removed a machine that was offline for as long as its owner had said. */
    MACHINE_EXPIRED("machines removed that were offline for too long"),
    /** A person deleted a machine; its token ended with it. */
    MACHINE_DELETED("machines deleted");

    /** The words of the summary in the log, behind a number. */
    final String plural;

    AuditEvent(String plural) {
        this.plural = plural;
    }

    /** The name in metrics and in lines of the log. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
