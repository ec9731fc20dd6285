package org.fabricmark.results.model;

/**
 * What of a case is about a primitive of two ranks: which one, and how its requests are queued, in the words of perftest. What it
 * does not have is {@value CasePart#NONE}, and so is all of it in a case of a collective.
 *
 * @param name the primitive: {@code write-lat}
 * @param txDepth requests under way on a queue pair
 * @param qps queue pairs
 * @param inline bytes up to which data travel within the request
 * @param cqMod one request in so many is signalled; {@code auto} where that depends on the size
 * @param postList requests posted at once
 */
public record PrimitiveParts(String name, String txDepth, String qps, String inline, String cqMod, String postList) {
    /** Of a collective. */
    static final PrimitiveParts OF_NONE = new PrimitiveParts(CasePart.NONE, CasePart.NONE, CasePart.NONE, CasePart.NONE,
            CasePart.NONE, CasePart.NONE);

    /** Refuses empty words and words with blanks. */
    public PrimitiveParts {
        CaseKey.requireWord(CasePart.PRIMITIVE.key(), name);
        CaseKey.requireWord(CasePart.TX_DEPTH.key(), txDepth);
        CaseKey.requireWord(CasePart.QPS.key(), qps);
        CaseKey.requireWord(CasePart.INLINE.key(), inline);
        CaseKey.requireWord(CasePart.CQ_MOD.key(), cqMod);
        CaseKey.requireWord(CasePart.POST_LIST.key(), postList);
    }

    /** Whether there is a primitive at all. */
    boolean isPresent() {
        return !name.equals(CasePart.NONE);
    }
}
