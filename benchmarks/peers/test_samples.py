"""Run by: python3 -B -m unittest discover -s benchmarks/peers"""

import unittest

import table
from samples import FABRICMARK, Sample, changed, fair, regimes, row

SYSTEMS = ["near-mpi", "far-mpi", FABRICMARK]


def sample(system, time_us, exchange_ns, size=8, moved=False, wrong=0, disturbed=False):
    return Sample(system, 1, size, time_us, exchange_ns, moved, "-", wrong, disturbed)


class Regimes(unittest.TestCase):
    def test_should_call_an_exchange_changed_only_above_a_fifth(self):
        self.assertFalse(changed(50, 59))
        self.assertTrue(changed(50, 61))
        self.assertTrue(changed(260, 55))

    def test_should_cut_where_exchanges_are_far_apart(self):
        groups = regimes([sample("a", 1, ns) for ns in (255, 52, 60, 248)])
        self.assertEqual([[s.exchange_ns for s in group] for group in groups], [[52, 60], [248, 255]])

    def test_should_leave_out_samples_that_moved_or_have_no_exchange(self):
        self.assertEqual(regimes([sample("a", 1, 50, moved=True), sample("a", 1, None)]), [])

    def test_should_choose_the_regime_in_which_every_system_ran(self):
        near = [sample(name, 1, 55) for name in SYSTEMS]
        far = [sample("near-mpi", 9, 250)] * 9
        self.assertEqual(fair(near + far, SYSTEMS), near)


class Rows(unittest.TestCase):
    def test_should_divide_by_the_best_peer_within_one_regime(self):
        samples = [sample("near-mpi", 4, 55), sample("far-mpi", 2, 56), sample(FABRICMARK, 1, 57)]
        samples.append(sample("near-mpi", 0.1, 250))
        got = row(8, samples, SYSTEMS)
        self.assertEqual((got.best_peer, got.ratio, got.flags), ("far-mpi", 0.5, ""))

    def test_should_not_compare_small_sizes_across_regimes(self):
        samples = [sample("near-mpi", 1, 55), sample("far-mpi", 4, 250), sample(FABRICMARK, 4, 250)]
        got = row(8, samples, SYSTEMS)
        self.assertIsNone(got.ratio)
        self.assertEqual(got.flags, "?")

    def test_should_mark_large_sizes_that_mix_regimes(self):
        size = 65536
        samples = [sample("near-mpi", 2, 55, size), sample("far-mpi", 4, 250, size), sample(FABRICMARK, 1, 250, size)]
        got = row(size, samples, SYSTEMS)
        self.assertEqual((got.ratio, got.flags), (0.5, "~"))

    def test_should_prefer_undisturbed_samples_and_mark_a_row_that_has_none(self):
        quiet = [sample(name, 1, 55) for name in SYSTEMS]
        busy = [sample(name, 9, 55, disturbed=True) for name in SYSTEMS]
        self.assertEqual(row(8, busy + quiet, SYSTEMS).times_us[FABRICMARK], 1)
        self.assertEqual(row(8, busy, SYSTEMS).flags, "b")

    def test_should_mark_wrong_data_even_of_a_sample_that_is_not_in_the_row(self):
        samples = [sample(name, 1, 55) for name in SYSTEMS] + [sample("far-mpi", 1, 250, wrong=3)]
        self.assertIn("!", row(8, samples, SYSTEMS).flags)


class Table(unittest.TestCase):
    def test_should_count_the_sizes_at_or_below_the_best_peer(self):
        def one(size, ours):
            return row(size, [sample("near-mpi", 2, 55, size), sample(FABRICMARK, ours, 55, size)], systems)

        systems = ["near-mpi", FABRICMARK]
        printed = table.text([one(8, 2), one(4096, 3)], systems, {8: "ring"}, "all-gather", "no", 3)
        self.assertEqual(printed.splitlines()[-1], "all-gather: at or below the best peer in 1 of 2 sizes")
        self.assertIn("1.50", printed)
        self.assertIn(" 4K ", printed)


if __name__ == "__main__":
    unittest.main()
