using System.Globalization;
using KubeLab.Etcd.Raft;
using KubeLab.Simulation;

namespace KubeLab.Tests.Etcd.Raft;

/// <summary>A node of a transcript: its outputs are done at once, unless its disk is held.</summary>
internal sealed class ScriptedNode
{
    // The first draws of this seed are zeros: nothing of an unfinished write is on the disk.
    private static readonly Randomness NothingKept = new(2);

    private readonly RaftScript script;
    private readonly long id;
    private readonly DurableLog disk;
    private readonly RaftOptions options;
    private RaftNode? node;
    private RaftOutput? held;
    private bool holdsDisk;
    private string before = "";

    public ScriptedNode(RaftScript script, long id, DurableLog disk, RaftOptions options)
    {
        (this.script, this.id, this.disk, this.options) = (script, id, disk, options);
        Start();
    }

    public bool IsUp => node is not null;

    public void Do(string verb, string[] rest, ref long proposals)
    {
        switch (verb)
        {
            case "timeout":
                Run(n => n.Campaign());
                break;
            case "propose":
                var proposal = new Proposal(new ProposalId(id, ++proposals), new TextCommand(rest[0]));
                Run(n => script.Say($"{id} {n.Propose(proposal)}"));
                break;
            case "change":
                var change = new MembershipChange(Enum.Parse<MembershipChangeKind>(rest[0]), long.Parse(rest[1], CultureInfo.InvariantCulture));
                var wish = new Proposal(new ProposalId(id, ++proposals), null, change);
                Run(n => script.Say($"{id} {n.Propose(wish)}"));
                break;
            case "read":
                Run(n => n.Read(long.Parse(rest[0], CultureInfo.InvariantCulture)));
                break;
            case "transfer":
                Run(n => n.TransferLeadership(long.Parse(rest[0], CultureInfo.InvariantCulture)));
                break;
            case "compact":
                var snapshot = new RaftSnapshot(node!.Applied, node.Log.TermAt(node.Applied)!.Value, node.Membership, $"state at {node.Applied}");
                disk.Compact(snapshot, snapshot.Index);
                node.Compact(snapshot, snapshot.Index);
                break;
            case "hold":
                holdsDisk = true;
                break;
            case "release":
                holdsDisk = false;
                Finish();
                Run(_ => { });
                break;
            case "crash":
                (node, held, holdsDisk) = (null, null, false);
                disk.Crash(NothingKept);
                script.Say($"{id} is down");
                break;
            case "start":
                Start();
                break;
            default:
                throw new ArgumentException($"unknown command {verb}");
        }
    }

    public void Run(Action<RaftNode> act)
    {
        act(node!);
        Told();
        while (node!.HasOutput)
        {
            held = node.TakeOutput();
            Send(held.Messages);
            disk.Write(held);
            if (holdsDisk && held.MustSync)
            {
                script.Say($"{id} waits for its disk");
                return;
            }

            Finish();
        }
    }

    public string StatusLine()
    {
        if (node is null)
        {
            return $"{id} is down";
        }

        var s = node.Status();
        var followers = s.Followers.Where(f => f.Id != id).Select(f => $" | {f.Id}{(f.IsLearner ? " learner" : "")} {f.State} match {f.Match} next {f.Next}");
        return $"{id} {s.Role} t{s.Term} leader {s.Leader} last {s.LastIndex} commit {s.Commit} applied {s.Applied} {s.Membership}{string.Concat(followers)}";
    }

    public string LogLine() =>
        $"{id} from {disk.BaseIndex}/{disk.BaseTerm}: {string.Join(' ', disk.Entries.Select(e => (object?)e.Change ?? e.Command ?? (object)$"begin{e.Term}"))}";

    private void Start()
    {
        node = new RaftNode(id, options, disk, bound => (int)id % bound);
        Run(_ => { });
    }

    private void Finish()
    {
        if (held is not { } output)
        {
            return;
        }

        held = null;
        disk.Sync();
        Send(output.AfterWrite);
        foreach (var read in output.Reads)
        {
            script.Say($"{id} may serve read {read.Number} from {read.Index} on");
        }

        foreach (var (proposal, reason) in output.Refused)
        {
            script.Say($"{id} hears that {proposal} was refused: {reason}");
        }

        if (output.Snapshot is { } snapshot)
        {
            script.Say($"{id} restores {snapshot.State ?? "the beginning"}");
        }

        foreach (var entry in output.Committed)
        {
            script.Say($"{id} applies {entry}");
        }

        node!.Advance(output);
        Told();
    }

    private void Told()
    {
        var now = $"{id} {node!.Role} t{node.Term}{(node.Leader == 0 ? "" : $" leader {node.Leader}")}";
        if (now != before)
        {
            script.Say(now);
            before = now;
        }
    }

    private void Send(IEnumerable<RaftMessage> messages)
    {
        foreach (var message in messages)
        {
            script.Send(message);
        }
    }
}
