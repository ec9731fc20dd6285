package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.algorithm.pattern.BinaryTree;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.StepSink;

/**
 * Each half of the message is reduced up a binary tree and broadcast down again, segment by segment; a rank that is inner in
 * one tree is a leaf in the other, so every port is busy. Start-ups grow with log p at (nearly) full bandwidth.
 *
 * <p>Four channels: up and down of each tree run independently. At the root, up hands each finished segment to down by a
 * signal to itself. Scratch holds, for each tree and child, the whole half: segments are never reused, so no credits flow.
 */
final class DoubleTreeAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "double-tree",
            "halves are reduced and broadcast over two complementary binary trees, pipelined by segment",
            "Sanders, Speck, Träff: Two-tree algorithms for full bandwidth broadcast, reduction and scan, Parallel Computing 35 "
                    + "(2009)",
            "2 log2 p rounds deep, pipelined; up to 3/2 m moved and m reduced at an inner rank",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int TREES = 2;

    /** Signals: up of tree t at t, down of tree t at 2 + t, hand-over at the root of tree t at 4 + t. */
    private static final int UP = 0;

    private static final int DOWN = 2;
    private static final int HAND_OVER = 4;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Tunable> tunables() {
        return Set.of(Tunable.SEGMENT, Tunable.CHANNELS);
    }

    @Override
    public boolean synchronising(Shape shape) {
        return true;
    }

    @Override
    public long scratchElements(Shape shape) {
        return 2 * TREES * half(shape, 0);
    }

    @Override
    public int signals(Shape shape) {
        return HAND_OVER + TREES;
    }

    @Override
    public Optional<Chunks> segmented(Shape shape) {
        return Optional.of(segments(shape, 0));
    }

    @Override
    public int channels() {
        return 2 * TREES;
    }

    private static Chunks halves(Shape shape) {
        return Chunks.of(shape.count(), TREES, shape.elementBytes());
    }

    private static long half(Shape shape, int tree) {
        return halves(shape).length(tree);
    }

    @Override
    public Cost cost(Shape shape) {
        long messages = 0;
        long moved = 0;
        long reduced = 0;
        for (int rank = 0; rank < shape.size(); rank++) {
            long rankMessages = 0;
            long rankMoved = 0;
            long rankReduced = 0;
            for (int tree = 0; tree < TREES; tree++) {
                BinaryTree edges = BinaryTree.of(shape.size(), tree);
                int children = children(edges, rank);
                int links = children + (edges.parent(rank) == BinaryTree.NONE ? 0 : 1);
                rankMessages += (long) links * segments(shape, tree).parts();
                rankMoved += links * half(shape, tree);
                rankReduced += children * half(shape, tree);
            }
            messages = Math.max(messages, rankMessages);
            moved = Math.max(moved, rankMoved);
            reduced = Math.max(reduced, rankReduced);
        }
        return new Cost(rounds(shape), messages, moved, reduced, scratchElements(shape));
    }

    /** Up and down again; the message that hands over at the root is one of the rank to itself and counts as none. */
    private static long rounds(Shape shape) {
        long deepest = 0;
        for (int tree = 0; tree < TREES; tree++) {
            deepest = Math.max(deepest, 2L * BinaryTree.of(shape.size(), tree).height());
        }
        return deepest;
    }

    private static int children(BinaryTree edges, int rank) {
        return (edges.child(rank, 0) == BinaryTree.NONE ? 0 : 1) + (edges.child(rank, 1) == BinaryTree.NONE ? 0 : 1);
    }

    private static Chunks segments(Shape shape, int tree) {
        return Chunks.segments(half(shape, tree), shape.elementBytes(), shape.tuning());
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        for (int tree = 0; tree < TREES; tree++) {
            BinaryTree edges = BinaryTree.of(shape.size(), tree);
            to.channel(2 * tree);
            reduceUp(shape, rank, tree, edges, to);
            to.channel(2 * tree + 1);
            broadcastDown(shape, rank, tree, edges, to);
        }
    }

    private static void reduceUp(Shape shape, int rank, int tree, BinaryTree edges, StepSink to) {
        Chunks segments = segments(shape, tree);
        int parent = edges.parent(rank);
        boolean inner = children(edges, rank) > 0;
        Space partial = inner ? OUTPUT : INPUT;
        for (int segment = 0; segment < segments.parts(); segment++) {
            long start = halves(shape).start(tree) + segments.start(segment);
            long length = segments.length(segment);
            if (inner) {
                to.source(rank, INPUT, start, length);
                for (int child = 0; child < 2; child++) {
                    if (edges.child(rank, child) != BinaryTree.NONE) {
                        to.await(edges.child(rank, child), UP + tree, 1);
                        to.source(rank, SCRATCH, slot(shape, tree, child) + segments.start(segment), length);
                    }
                }
                to.target(rank, OUTPUT, start, length);
                to.reduce(shape.average() && parent == BinaryTree.NONE);
            }
            if (parent == BinaryTree.NONE) {
                to.notifyPeer(rank, HAND_OVER + tree);
            } else {
                to.source(rank, partial, start, length);
                to.target(parent, SCRATCH, slot(shape, tree, edges.childIndex(rank)) + segments.start(segment), length);
                to.put(UP + tree);
            }
        }
        if (parent != BinaryTree.NONE && !inner) {
            to.flush(); // a leaf's puts read the input; those of an inner rank read what the answer from above replaces
        }
    }

    private static long slot(Shape shape, int tree, int child) {
        return (2L * tree + child) * half(shape, 0);
    }

    private static void broadcastDown(Shape shape, int rank, int tree, BinaryTree edges, StepSink to) {
        Chunks segments = segments(shape, tree);
        int parent = edges.parent(rank);
        boolean inner = children(edges, rank) > 0;
        for (int segment = 0; segment < segments.parts(); segment++) {
            long start = halves(shape).start(tree) + segments.start(segment);
            if (parent == BinaryTree.NONE) {
                to.await(rank, HAND_OVER + tree, 1);
            } else {
                to.await(parent, DOWN + tree, 1);
            }
            for (int child = 0; child < 2; child++) {
                if (edges.child(rank, child) != BinaryTree.NONE) {
                    to.source(rank, OUTPUT, start, segments.length(segment));
                    to.target(edges.child(rank, child), OUTPUT, start, segments.length(segment));
                    to.put(DOWN + tree);
                }
            }
        }
        if (inner) {
            to.flush();
        }
    }
}
