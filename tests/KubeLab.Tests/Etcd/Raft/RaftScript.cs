using System.Globalization;
using System.Text;
using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

/// <summary>Plays a transcript: lines that begin with <c>&gt;</c> are commands, what follows each is what happened.</summary>
/// <remarks>
/// Nodes alone, without clock, disk or network: messages wait until they are delivered, a disk is instant unless it is held. Node i draws the number i, so that its election
/// time-out is 10 + i ticks.
/// </remarks>
internal sealed class RaftScript
{
    private readonly SortedDictionary<long, ScriptedNode> nodes = [];
    private readonly HashSet<(long From, long To)> cuts = [];
    private readonly List<RaftMessage> waiting = [];
    private readonly StringBuilder text = new();
    private RaftOptions options = new();
    private long proposals;

    /// <summary>The transcript anew: its commands and comments, with what happens now.</summary>
    public static string Play(string transcript)
    {
        var script = new RaftScript();
        foreach (var line in transcript.Split('\n'))
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                script.text.Append(line).Append('\n');
                script.Do(line[2..].Split(' '));
            }
            else if (line.StartsWith('#'))
            {
                script.text.Append(script.text.Length == 0 || script.text[^1] == '#' ? "" : "\n").Append(line).Append('\n');
            }
        }

        return script.text.ToString();
    }

    public void Say(string line) => text.Append("  ").Append(line).Append('\n');

    public void Send(RaftMessage message) => waiting.Add(message);

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private void Do(string[] words)
    {
        switch (words)
        {
            case ["options", .. var wishes]:
                options = wishes.Aggregate(options, Set);
                break;
            case ["members", var count]:
                Bootstrap(Number(count));
                break;
            case ["boot", var id, "of", var count, "log", .. var terms]:
                Boot(Number(id), Number(count), [.. terms.Select(Number)]);
                break;
            case ["join", var id]:
                Add(Number(id), new DurableLog(RaftSnapshot.Nothing));
                break;
            case ["tick", var id, var ticks]:
                Tick(Number(id), Number(ticks));
                break;
            case ["deliver"]:
                Deliver(_ => true, long.MaxValue);
                break;
            case ["deliver", var link]:
                Deliver(m => $"{m.From}→{m.To}" == link, long.MaxValue);
                break;
            case ["deliver", var link, "once"]:
                Deliver(m => $"{m.From}→{m.To}" == link, 1);
                break;
            case ["lose"]:
                waiting.Clear();
                break;
            case ["cut", .. var ids]:
                Cut([.. ids.Select(Number)]);
                break;
            case ["heal"]:
                cuts.Clear();
                break;
            case ["status"]:
                Status();
                break;
            case ["logs"]:
                Logs();
                break;
            default:
                nodes[Number(words[1])].Do(words[0], words[2..], ref proposals);
                break;
        }
    }

    private static RaftOptions Set(RaftOptions options, string wish) => wish switch
    {
        "no-pre-vote" => options with { PreVote = false },
        "no-check-quorum" => options with { CheckQuorum = false },
        "lease-reads" => options with { LeaseReads = true },
        "inflight-2" => options with { InflightMax = 2 },
        "one-entry-messages" => options with { MessageBytesMax = 1 },
        _ => throw new ArgumentException($"unknown option {wish}"),
    };

    private void Bootstrap(long count)
    {
        var membership = Membership.Of(Enumerable.Range(1, (int)count).Select(i => (long)i));
        for (var id = 1; id <= count; id++)
        {
            Add(id, new DurableLog(RaftSnapshot.Genesis(membership)));
        }
    }

    /// <summary>A member whose log has entries of these terms; the first is the genesis.</summary>
    private void Boot(long id, long count, long[] terms)
    {
        var disk = new DurableLog(RaftSnapshot.Genesis(Membership.Of(Enumerable.Range(1, (int)count).Select(i => (long)i))));
        disk.Write(new RaftOutput
        {
            Messages = [],
            AfterWrite = [],
            Committed = [],
            Reads = [],
            Refused = [],
            HardState = new HardState(terms[^1], 0, 1),
            Entries = [.. terms.Skip(1).Select((term, i) => new RaftEntry(term, i + 2, new TextCommand($"{(char)('a' + i)}{term}")))],
        });
        disk.Sync();
        Add(id, disk);
    }

    private void Add(long id, DurableLog disk) => nodes.Add(id, new ScriptedNode(this, id, disk, options));

    private void Tick(long id, long ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            nodes[id].Run(n => n.Tick());
        }
    }

    private void Cut(long[] group)
    {
        foreach (var one in group)
        {
            foreach (var other in nodes.Keys.Except(group))
            {
                cuts.Add((one, other));
                cuts.Add((other, one));
            }
        }
    }

    private void Deliver(Func<RaftMessage, bool> choose, long count)
    {
        while (count-- > 0 && waiting.Find(m => choose(m)) is { } message)
        {
            waiting.Remove(message);
            var isLost = cuts.Contains((message.From, message.To)) || !nodes.TryGetValue(message.To, out var to) || !to.IsUp;
            Say(isLost ? $"{message} (lost)" : $"{message}");
            if (!isLost)
            {
                nodes[message.To].Run(n => n.Step(message));
            }
        }
    }

    private void Status()
    {
        foreach (var node in nodes.Values)
        {
            Say(node.StatusLine());
        }
    }

    private void Logs()
    {
        foreach (var node in nodes.Values)
        {
            Say(node.LogLine());
        }
    }
}
