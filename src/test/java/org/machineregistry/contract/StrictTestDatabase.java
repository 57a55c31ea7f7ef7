package org.machineregistry.contract;

import java.util.HashMap;
import java.util.Map;

import org.machineregistry.TestDatabase;

/** A service that lets anonymous people do very little. */
public class StrictTestDatabase extends TestDatabase {
    static final int SESSIONS_A_MINUTE = 4;
    static final int MACHINES_TOGETHER = 5;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("sessions.anonymous-rate", String.valueOf(SESSIONS_A_MINUTE));
        settings.put("machines.anonymous-quota", String.valueOf(MACHINES_TOGETHER));
        return settings;
    }
}
