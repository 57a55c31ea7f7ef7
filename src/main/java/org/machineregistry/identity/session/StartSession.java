package org.machineregistry.identity.session;

/** @param recovery what stands in a recovery link behind {@code #recover=}; null to start a session, or to renew one */
record StartSession(String recovery) {
    static String recoveryIn(StartSession request) {
        return request == null ? null : request.recovery;
    }

    @Override
    public String toString() {
        return "StartSession";
    }
}
