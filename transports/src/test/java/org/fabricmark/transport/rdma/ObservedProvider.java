package org.fabricmark.transport.rdma;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;

/** The loopback provider, and for each thread a book of the requests that it posts to send queues. */
public final class ObservedProvider implements VerbsProvider {
    /** A request as it was posted. */
    record Posted(SendOpcode opcode, long bytes, int immediate, boolean signalled, boolean inline) {}

    private static final ThreadLocal<List<Posted>> BOOK = ThreadLocal.withInitial(ArrayList::new);

    /** Opens a new page; what this thread has posted since the last one. */
    static List<Posted> turnPage() {
        List<Posted> page = List.copyOf(BOOK.get());
        BOOK.get().clear();
        return page;
    }

    @Override
    public String name() {
        return "observed";
    }

    @Override
    public String description() {
        return "loopback, with a book of what is posted";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public boolean emulated() {
        return true;
    }

    @Override
    public List<Device> devices(FabricSpec fabric) {
        return VerbsProviders.named("loopback").devices(fabric).stream()
                .map(device -> observed(Device.class, device)).toList();
    }

    /** The same object, and so on for all that it makes on the way to a queue pair. */
    private static <T> T observed(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (_, method, arguments) -> observe(real, method, arguments)));
    }

    private static Object observe(Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("postSend")) {
            for (SendRequest request = (SendRequest) arguments[0]; request != null; request = request.next()) {
                BOOK.get().add(new Posted(request.opcode(), request.bytes(), request.immediate(),
                        request.has(SendFlag.SIGNALED), request.has(SendFlag.INLINE)));
            }
        }
        try {
            return switch (method.invoke(real, arguments)) {
                case Context made -> observed(Context.class, made);
                case ProtectionDomain made -> observed(ProtectionDomain.class, made);
                case QueuePair made -> observed(QueuePair.class, made);
                case null -> null;
                case Object other -> other;
            };
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
