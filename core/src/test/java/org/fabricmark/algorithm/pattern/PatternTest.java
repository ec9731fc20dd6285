package org.fabricmark.algorithm.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatternTest {
    private static final int MAX = 130;

    @Test
    void shouldShiftAroundTheRingInBothDirections() {
        for (int size = 1; size <= MAX; size++) {
            for (int rank = 0; rank < size; rank++) {
                for (int distance = -size; distance <= size; distance++) {
                    assertEquals(Math.floorMod(rank + distance, size), Rings.shift(rank, distance, size));
                }
            }
        }
    }

    @Test
    void shouldCountDoublingRounds() {
        for (int size = 1; size <= 5000; size++) {
            int rounds = 0;
            for (long reach = 1; reach < size; reach *= 2) {
                rounds++;
            }
            assertEquals(rounds, Rings.doublingRounds(size));
        }
    }

    @Test
    void shouldFoldOntoAPowerOfTwoAndKeepTheOrderOfRanks() {
        for (int size = 1; size <= MAX; size++) {
            Fold fold = Fold.of(size);
            assertEquals(1, Integer.bitCount(fold.core()));
            assertTrue(fold.core() <= size && 2 * fold.core() > size);
            assertEquals(1 << fold.rounds(), fold.core());
            int core = 0;
            for (int rank = 0; rank < size; rank++) {
                if (fold.lends(rank)) {
                    assertTrue(fold.carries(rank + 1), "the rank behind a lender carries for it");
                } else {
                    assertEquals(core, fold.coreRank(rank));
                    assertEquals(rank, fold.rankOf(core++));
                }
            }
            assertEquals(fold.core(), core);
        }
    }

    @Test
    void shouldConnectAllRanksInBothTrees() {
        for (int size = 2; size <= MAX; size++) {
            for (int tree = 0; tree < 2; tree++) {
                BinaryTree edges = BinaryTree.of(size, tree);
                Set<Integer> children = new HashSet<>();
                for (int rank = 0; rank < size; rank++) {
                    for (int i = 0; i < 2; i++) {
                        int child = edges.child(rank, i);
                        if (child != BinaryTree.NONE) {
                            assertEquals(rank, edges.parent(child), size + " ranks, child " + child);
                            assertEquals(i, edges.childIndex(child));
                            assertTrue(children.add(child), "one parent only");
                        }
                    }
                }
                assertEquals(size - 1, children.size());
                assertFalse(children.contains(edges.root()));
                assertEquals(BinaryTree.NONE, edges.parent(edges.root()));
                assertTrue(edges.height() <= Rings.doublingRounds(size) + 1, size + " ranks: height " + edges.height());
            }
        }
    }

    @Test
    void shouldLetNoRankHaveTwoChildrenInBothTrees() {
        for (int size = 2; size <= MAX; size++) {
            BinaryTree first = BinaryTree.of(size, 0);
            BinaryTree second = BinaryTree.of(size, 1);
            for (int rank = 0; rank < size; rank++) {
                assertFalse(
                        first.child(rank, 0) != BinaryTree.NONE
                                && first.child(rank, 1) != BinaryTree.NONE
                                && second.child(rank, 0) != BinaryTree.NONE
                                && second.child(rank, 1) != BinaryTree.NONE,
                        size + " ranks, rank " + rank);
            }
        }
    }
}
