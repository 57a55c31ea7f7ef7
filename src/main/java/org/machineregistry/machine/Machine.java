package org.machineregistry.machine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;

import org.hibernate.annotations.ColumnTransformer;
import org.machineregistry.identity.Owners;
import org.machineregistry.label.LabelJson;
import org.machineregistry.text.NaturalOrder;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;

/**
 * A physical machine of an owner. Its status columns are read here and written by presence alone; times are the database's.
 */
@Entity
class Machine extends PanacheEntityBase {
    @Id
    @Column(name = "machine_id")
    String machineId;
    String owner;
    boolean anonymous;
    String name;
    @Column(name = "sort_name")
    String sortName;
    @Column(name = "sort_key")
    String sortKey;
    @Column(name = "secret_hash")
    byte[] secretHash;

    @Column(name = "alert_after_seconds")
    Integer alertAfterSeconds;
    @Column(name = "remove_after_seconds")
    Integer removeAfterSeconds;

    /** A JSON object of strings. */
    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(read = "cast(labels as text)", write = "cast(? as jsonb)")
    String labels;

    @Column(name = "next_secret_hash", insertable = false, updatable = false)
    byte[] nextSecretHash;
    @Column(name = "secret_expires_at", insertable = false, updatable = false)
    Instant secretExpiresAt;

    @Convert(converter = MachineStatus.Column.class)
    @Column(insertable = false, updatable = false)
    MachineStatus status;
    @Convert(converter = OfflineReason.Column.class)
    @Column(name = "offline_reason", insertable = false, updatable = false)
    OfflineReason offlineReason;
    @Column(name = "status_since", insertable = false, updatable = false)
    Instant statusSince;
    @Column(name = "last_heartbeat", insertable = false, updatable = false)
    Instant lastHeartbeat;
    @Column(name = "assistant_count", insertable = false, updatable = false)
    int assistantCount;
    @Column(name = "root_directory", insertable = false, updatable = false)
    String rootDirectory;
    @Column(insertable = false, updatable = false)
    String hostname;
    @Column(insertable = false, updatable = false)
    String os;
    @Column(insertable = false, updatable = false)
    String arch;
    @Column(name = "os_user", insertable = false, updatable = false)
    String user;
    @Column(insertable = false, updatable = false)
    String address;
    @Column(insertable = false, updatable = false)
    String metadata;
    @Column(insertable = false, updatable = false)
    String assistants;
    @Column(name = "agent_version", insertable = false, updatable = false)
    String agentVersion;
    @Column(name = "other_hostname", insertable = false, updatable = false)
    String otherHostname;
    @Column(insertable = false, updatable = false)
    boolean shared;
    @Column(name = "enrolled_with", updatable = false)
    String enrolledWith;
    @Column(name = "removed_at", insertable = false, updatable = false)
    Instant removedAt;
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    Machine() {}

    void rename(String name) {
        this.name = name;
        this.sortName = NaturalOrder.withoutCase(name);
        this.sortKey = NaturalOrder.keyOf(sortName);
    }

    /** @param seconds null for never */
    void alertAfter(Integer seconds) {
        this.alertAfterSeconds = seconds;
    }

    /** Afterwards it is as the database has it, which says when the machine will be removed. @param seconds null for never */
    void removeAfter(Integer seconds) {
        this.removeAfterSeconds = seconds;
        flush();
        getEntityManager().refresh(this);
    }

    /** @param patch null takes all away, and a null value one of them */
    void label(Map<String, String> patch) {
        this.labels = LabelJson.merge(labels, patch);
    }

    void handOver(String owner, boolean anonymous) {
        this.owner = owner;
        this.anonymous = anonymous;
    }

    static Optional<Machine> of(Owners owners, String machineId) {
        return query(owners, machineId).firstResultOptional();
    }

    /** The same to be changed: who deletes it at the same time waits, or was before, and then there is none. */
    static Optional<Machine> toChangeOf(Owners owners, String machineId) {
        return query(owners, machineId).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    // The owner in the question as well: who does not see a machine must not lock it either.
    private static PanacheQuery<Machine> query(Owners owners, String machineId) {
        return owners.everybody()
                ? find("machineId = ?1", machineId)
                : find("machineId = ?1 and owner in ?2", machineId, owners.names());
    }
}
