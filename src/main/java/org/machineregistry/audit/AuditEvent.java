package org.machineregistry.audit;

import java.util.Locale;

/** The events that an operator can count, and alarm on. */
public enum AuditEvent {
    /** A machine's token was refused: an unknown machine, a wrong secret, or no token at all. */
    MACHINE_TOKEN_REFUSED("wrong machine tokens"),
    /** A token was refused unseen, because too many wrong ones came before. */
    MACHINE_TOKEN_LIMITED("requests after too many wrong machine tokens"),
    /** A session was refused: its JWT is not good, or its cookie came twice. */
    SESSION_REFUSED("sessions that are not good"),
    /** Of somebody without an account. */
    SESSION_STARTED("anonymous sessions started"),
    /** Not started, because too many were from that address; or a recovery link not made or not opened. */
    SESSION_LIMITED("sessions more than an address may start"),
    /** By somebody with an account at the OpenID provider. */
    SIGNED_IN("people signed in"),
    /** By somebody without an account. */
    RECOVERY_LINK_MADE("recovery links made"),
    /** By opening a recovery link. */
    SESSION_RECOVERED("sessions started by recovery links"),
    /** Somebody signed out. */
    SESSION_REVOKED("sessions signed out"),
    /** Somebody signed out everywhere. */
    SESSIONS_REVOKED("people signed out everywhere"),
    /** Of one owner, or of all people without an account. */
    QUOTA_REACHED("registrations past a quota"),
    /** A token was rotated, and the older one goes on for a while. */
    TOKEN_ROTATED("tokens rotated"),
    /** A token was rotated, and the older one ended at once. */
    TOKEN_REVOKED("tokens revoked"),
    /** From one owner to another. */
    MACHINE_HANDED_OVER("machines handed over"),
    /** All of somebody without an account, who has signed in. */
    MACHINES_BROUGHT_ALONG("machines brought along by people who signed in"),
    /** Many at once. */
    MACHINES_CHANGED("changes of many machines at once"),
    /** Many at once; their tokens ended with them. */
    MACHINES_DELETED("deletions of many machines at once"),
    /** Given labels, or relieved of some. */
    MACHINE_LABELLED("machines labelled"),
    /** By a person, for their programs. */
    API_TOKEN_MADE("API tokens made"),
    /** Before it expired. */
    API_TOKEN_REVOKED("API tokens revoked"),
    /** With it machines register themselves. */
    ENROLMENT_KEY_MADE("enrolment keys made"),
    /** Before it expired. */
    ENROLMENT_KEY_REVOKED("enrolment keys revoked"),
    /** One that is not good. */
    ENROLMENT_KEY_REFUSED("enrolment keys that are not good"),
    /** By a person. */
    MACHINE_REGISTERED("machines registered"),
    /** It was given another name. */
    MACHINE_RENAMED("machines renamed"),
    /** By itself, with an enrolment key. */
    MACHINE_ENROLLED("machines enrolled"),
    /** For good, by itself; its token ended with it. */
    MACHINE_LEFT("machines that left for good"),
    /** Of somebody without an account, because it had never connected. */
    LEFTOVER_REMOVED("machines of people without an account removed that never connected"),
    /** The service removed a machine that was offline for as long as its owner had said. */
    MACHINE_EXPIRED("machines removed that were offline for too long"),
    /** Its token ended with it. */
    MACHINE_DELETED("machines deleted");

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
