package org.machineregistry.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CsvIT extends CsvTest {}
