using System.Globalization;
using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class RaftLogTests
{
    private static RaftEntry Entry(long index, long term) => new(term, index, new TextCommand($"{term}.{index}"));

    /// <summary>A log of the terms at 1, 2, …; the first is the genesis.</summary>
    private static RaftLog Log(params long[] terms)
    {
        var log = new RaftLog(new DurableLog(RaftSnapshot.Genesis(Membership.Of(1, 2, 3))));
        for (var i = 1; i < terms.Length; i++)
        {
            log.Append(Entry(i + 1, terms[i]));
        }

        return log;
    }

    [Theory]
    [InlineData(4, 3, true)]
    [InlineData(3, 3, true)]
    [InlineData(2, 3, false)]
    [InlineData(9, 2, false)]
    [InlineData(1, 4, true)]
    public void A_log_is_up_to_date_by_its_last_term_then_by_its_length(long lastIndex, long lastTerm, bool expected) =>
        Assert.Equal(expected, Log(1, 2, 3).IsUpToDate(lastIndex, lastTerm));

    [Theory]
    [InlineData(3, 2, "", 3L, "1 2 2 3 3")]
    [InlineData(5, 3, "4", 6L, "1 2 2 3 3 4")]
    [InlineData(3, 2, "3", 4L, "1 2 2 3 3")]
    [InlineData(3, 2, "4", 4L, "1 2 2 4")]
    [InlineData(2, 2, "2 3 4", 5L, "1 2 2 3 4")]
    [InlineData(4, 2, "4", null, "1 2 2 3 3")]
    [InlineData(6, 3, "4", null, "1 2 2 3 3")]
    public void Entries_fit_behind_a_place_that_agrees_and_replace_only_what_conflicts(long index, long term, string terms, long? last, string after)
    {
        var log = Log(1, 2, 2, 3, 3);
        var entries = terms.Length == 0 ? [] : terms.Split(' ').Select((t, i) => Entry(index + 1 + i, long.Parse(t, CultureInfo.InvariantCulture))).ToArray();

        Assert.Equal(last, log.TryAppend(index, term, 0, entries));
        Assert.Equal(after, string.Join(' ', Enumerable.Range(1, (int)log.LastIndex).Select(i => log.TermAt(i))));
    }

    [Fact]
    public void A_committed_entry_is_never_replaced()
    {
        var log = Log(1, 2, 2);
        log.CommitTo(3);

        Assert.Throws<InvariantException>(() => log.TryAppend(2, 2, 0, [Entry(3, 3)]));
    }

    [Theory]
    [InlineData(7, 3, 6, 3)]
    [InlineData(7, 2, 3, 2)]
    [InlineData(7, 5, 7, 5)]
    [InlineData(7, 1, 1, 1)]
    public void The_last_place_that_may_agree_skips_whole_terms(long index, long term, long expectedIndex, long expectedTerm) =>
        Assert.Equal((expectedIndex, expectedTerm), Log(1, 2, 2, 3, 3, 3, 5).LastNotAbove(index, term));

    [Fact]
    public void What_others_have_taken_the_place_of_is_not_written()
    {
        var log = Log(1, 2, 2);
        log.TryAppend(2, 2, 0, [Entry(3, 4)]);

        // The disk confirms the entry of term 2 that was there when the writing began.
        log.WrittenTo(3, 2);
        Assert.Equal(1, log.Written);
        log.WrittenTo(3, 4);
        Assert.Equal(3, log.Written);
    }

    [Fact]
    public void A_slice_holds_at_least_one_entry_and_else_no_more_bytes_than_allowed()
    {
        var log = Log(1, 2, 2, 2, 2);
        var size = Entry(2, 2).SizeBytes;

        Assert.Single(log.From(2, 1));
        Assert.Equal(2, log.From(2, (2 * size) + 1).Count);
        Assert.Equal(4, log.From(2, long.MaxValue).Count);
    }
}
