using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd.Raft;

public sealed class DurableLogTests
{
    private readonly DurableLog disk = new(RaftSnapshot.Genesis(Membership.Of(1)));

    private static RaftOutput Output(HardState? hard, params RaftEntry[] entries) =>
        new() { Messages = [], AfterWrite = [], Committed = [], Reads = [], Refused = [], HardState = hard, Entries = entries };

    private static RaftEntry Entry(long index, long term) => new(term, index, null);

    [Fact]
    public void What_is_synced_survives_and_what_is_only_written_does_not()
    {
        disk.Write(Output(new HardState(2, 1, 1), Entry(2, 2)));
        disk.Sync();
        disk.Write(Output(new HardState(3, 3, 2)));

        disk.Crash(new Randomness(1));

        Assert.Equal((new HardState(2, 1, 1), 2L), (disk.HardState, disk.LastIndex));
    }

    [Fact]
    public void A_crash_while_writing_leaves_some_beginning_of_it()
    {
        var lengths = new SortedSet<long>();
        for (var seed = 1; seed <= 100; seed++)
        {
            var torn = new DurableLog(RaftSnapshot.Genesis(Membership.Of(1)));
            torn.Write(Output(new HardState(2, 1, 1), Entry(2, 2), Entry(3, 2)));
            torn.Crash(new Randomness(seed));
            lengths.Add(torn.LastIndex);
            Assert.Equal(1, torn.HardState.Term);
        }

        Assert.Equal([1, 2, 3], lengths);
    }

    [Fact]
    public void Entries_take_the_place_of_those_at_and_behind_the_first()
    {
        disk.Write(Output(null, Entry(2, 2), Entry(3, 2), Entry(4, 2)));
        disk.Sync();
        disk.Write(Output(null, Entry(3, 3)));
        disk.Sync();

        Assert.Equal([2, 3], disk.Entries.Select(e => e.Term));
    }
}
