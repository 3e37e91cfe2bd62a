using KubeLab.Etcd.Raft.Observing;
using KubeLab.Simulation;
using KubeLab.Simulation.Storage;

namespace KubeLab.Etcd.Raft;

/// <summary>A member of a group on a simulated machine: it gives its node time and messages, and does what the node puts out.</summary>
/// <remarks>
/// As etcd's server does, it works on one output at a time: a leader's words go out, then the disk is waited for, then promises go out and entries are applied.
/// What arrives meanwhile makes the next output, so a slow disk gathers larger batches, and delays the heartbeats too.
/// </remarks>
public sealed partial class RaftMember
{
    private readonly RaftGroup group;
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly DurableLog disk;
    private readonly RequestTable requests;
    private RaftNode? node;
    private IRaftStateMachine stateMachine;
    private Scheduled? write;
    private long applied;
    private long sinceSnapshot;

    internal RaftMember(RaftGroup group, long id, string name, RaftSnapshot snapshot)
    {
        this.group = group;
        Id = id;
        Name = name;
        clock = group.Clock;
        chance = group.Chance.For(name);
        Disk = new SimulatedDisk(clock, chance.For("disk"));
        disk = new DurableLog(snapshot);
        requests = new RequestTable(clock, group.Options.RequestTimeout);
        stateMachine = group.NewStateMachine(id);
        Start();
    }

    /// <summary>Its number.</summary>
    public long Id { get; }

    /// <summary>Its machine's name in the network.</summary>
    public string Name { get; }

    /// <summary>Its machine's disk.</summary>
    public SimulatedDisk Disk { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsUp => node is not null;

    /// <summary>What it has applied so far; a new one after each start.</summary>
    public IRaftStateMachine StateMachine => stateMachine;

    /// <summary>What is safe on its disk.</summary>
    public DurableLog DurableLog => disk;

    internal RaftNode? Node => node;

    /// <summary>What the group's journal saw of it last; null when there is none, or it is down.</summary>
    internal MemberSeen? Seen { get; set; }

    /// <summary>How it stands; null while it is down.</summary>
    public RaftStatus? Status() => node?.Status();

    /// <summary>Starts it from what is on its disk; nothing happens when it runs.</summary>
    public void Start()
    {
        if (node is not null)
        {
            return;
        }

        group.Wake();
        node = new RaftNode(Id, group.Options, disk, chance.NextInt);
        stateMachine = group.NewStateMachine(Id);
        stateMachine.Restore(disk.Snapshot.State);
        (applied, sinceSnapshot) = (disk.Snapshot.Index, 0);
        StartTicking();
        group.Journal?.Started(this);
        Pump();
    }

    /// <summary>Ends it without warning: what is not safe on its disk is gone, and nobody is told.</summary>
    public void Crash()
    {
        if (node is null)
        {
            return;
        }

        group.Wake();
        node = null;
        IsWriting = false;
        write?.Cancel();
        tick?.Cancel();
        retry?.Cancel();
        disk.Crash(chance);
        Disk.Reset();
        group.Journal?.Crashed(this);
        requests.FailAll(RaftError.MemberDown);
    }

    /// <summary>Lets it stand for election now.</summary>
    public void Campaign() => Do(n => n.Campaign());

    /// <summary>Lets it hand the lead over.</summary>
    public void TransferLeadership(long member) => Do(n => n.TransferLeadership(member));

    /// <summary>A message arrives; as etcd's transport does, it refuses those of members that have left.</summary>
    internal void Receive(RaftMessage message)
    {
        if (node is not null && !node.Membership.IsRemoved(message.From))
        {
            group.Journal?.Received(message);
            group.Wake();
            CatchUp();
            node.Step(message);
            Pump();
        }
    }

    private void Do(Action<RaftNode> act)
    {
        if (node is not null)
        {
            group.Wake();
            CatchUp();
            act(node);
            Pump();
        }
    }

    private void Pump()
    {
        group.Stepped?.Invoke(this);
        group.Journal?.Stepped(this);
        while (node is { HasOutput: true } && !IsWriting)
        {
            var output = node.TakeOutput();
            Send(output.Messages);
            disk.Write(output);
            if (output.MustSync)
            {
                IsWriting = true;
                group.Journal?.Syncing(this, output);
                write = Disk.Sync(() => WriteDone(output));
            }
            else
            {
                Finish(output);
            }
        }

        Arm();
        group.RestIfQuiet();
    }

    private void WriteDone(RaftOutput output)
    {
        CatchUp();
        IsWriting = false;
        disk.Sync();
        group.Journal?.Synced(this, output);
        Finish(output);
        Pump();
    }

    private void Finish(RaftOutput output)
    {
        Send(output.AfterWrite);
        if (output.Snapshot is { } snapshot)
        {
            stateMachine.Restore(snapshot.State);
            (applied, sinceSnapshot) = (snapshot.Index, 0);
        }

        var running = node!;
        foreach (var entry in output.Committed)
        {
            Apply(entry);

            // Whoever was told may have ended this member.
            if (!ReferenceEquals(running, node))
            {
                return;
            }
        }

        foreach (var (id, reason) in output.Refused)
        {
            requests.Take(id.Sequence)?.Fail(RaftError.Dropped, reason);
        }

        foreach (var read in output.Reads)
        {
            requests.Confirm(read.Number, read.Index);
        }

        if (!ReferenceEquals(running, node))
        {
            return;
        }

        running.Advance(output);
        group.Stepped?.Invoke(this);
        group.Journal?.Stepped(this);
        SnapshotWhenDue(running);
        requests.Serve(applied);
    }

    private void Send(IReadOnlyList<RaftMessage> messages)
    {
        foreach (var message in messages)
        {
            group.Deliver(this, message);
        }
    }

    private void Apply(RaftEntry entry)
    {
        var result = stateMachine.Apply(entry);
        applied = entry.Index;
        sinceSnapshot++;
        group.Journal?.Applied(this, entry);
        if (entry.Change is not null && stateMachine.IsDurable)
        {
            // Whoever was alone made no snapshots that others could use.
            sinceSnapshot = group.Options.SnapshotEvery;
        }

        if (entry.Proposal.Origin == Id)
        {
            requests.Take(entry.Proposal.Sequence)?.Succeed(entry.Index, entry.Term, result);
        }
    }

    private void SnapshotWhenDue(RaftNode running)
    {
        // While a leader's snapshot waits for the disk, the node is ahead of the state machine.
        if (sinceSnapshot < group.Options.SnapshotEvery || running.Applied != applied)
        {
            return;
        }

        sinceSnapshot = 0;
        var snapshot = new RaftSnapshot(applied, running.Log.TermAt(applied)!.Value, running.Membership, running.IsAlone && stateMachine.IsDurable ? null : stateMachine.TakeSnapshot());
        var compactTo = Math.Max(0, snapshot.Index - group.Options.CatchUpEntries);
        disk.Compact(snapshot, compactTo);
        running.Compact(snapshot, compactTo);
    }
}
