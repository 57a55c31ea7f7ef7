package org.machineregistry.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/** A database that keeps the plan of each statement, as it is with its parameters just before it is executed. */
public final class ExplainingDatabase {
    private final DataSource database;
    private final List<String> plans = new ArrayList<>();

    public ExplainingDatabase(DataSource database) {
        this.database = database;
    }

    public PooledQueries queries() {
        return new PooledQueries(explained());
    }

    public PooledTransactions transactions() {
        return new PooledTransactions(explained());
    }

    /** One for each statement since the last call. */
    public List<String> plans() {
        List<String> explained = List.copyOf(plans);
        plans.clear();
        return explained;
    }

    public DataSource explained() {
        return proxy(DataSource.class,
                (method, arguments) -> explained((Connection) call(method, database, arguments)));
    }

    private Connection explained(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(method, connection, arguments);
            return result instanceof PreparedStatement statement
                    ? explained(statement, connection.prepareStatement("explain " + arguments[0]))
                    : result;
        });
    }

    private PreparedStatement explained(PreparedStatement statement, PreparedStatement explain) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                plans.add(plan(explain));
            } else if (method.getName().startsWith("set") || method.getName().equals("close")) {
                call(method, explain, arguments);
            }
            return call(method, statement, arguments);
        });
    }

    private interface Interception {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Interception interception) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> interception.of(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static String plan(PreparedStatement explain) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = explain.executeQuery()) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
