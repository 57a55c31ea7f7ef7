package org.machineregistry.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SecretHashIT extends SecretHashTest {}
