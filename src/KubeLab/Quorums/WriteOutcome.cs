using System.Globalization;
using System.Net;
using KubeLab.Charts;
using KubeLab.Etcd.Raft;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.Formatting;

namespace KubeLab.Quorums;

/// <summary>What became of a write.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class WriteOutcome : IShown
{
    private readonly WriteTrace trace;

    internal WriteOutcome(string machine, RaftError error, TimeSpan took, long index, WriteTrace trace)
    {
        Machine = machine;
        Error = error;
        Took = took;
        Index = index;
        this.trace = trace;
    }

    /// <summary>Where it was made.</summary>
    public string Machine { get; }

    /// <summary>Why it came to nothing, or <see cref="RaftError.None"/>.</summary>
    public RaftError Error { get; }

    /// <summary>Whether it was committed and answered.</summary>
    public bool IsCommitted => Error == RaftError.None;

    /// <summary>How long the answer took.</summary>
    public TimeSpan Took { get; }

    /// <summary>Its place in the log; 0 when it came to nothing.</summary>
    public long Index { get; }

    /// <summary>The write message by message.</summary>
    /// <param name="title">A title in place of the usual one.</param>
    public Figure Chart(string? title = null) => GroupPictures.Write(trace, title);

    /// <inheritdoc/>
    public override string ToString() => Error switch
    {
        RaftError.None => string.Create(CultureInfo.InvariantCulture, $"written at {Machine}: committed and answered after {Took.TotalMilliseconds:0.0} ms, entry {Index} of the log"),
        RaftError.NoLeader => $"written at {Machine}: refused, nobody leads",
        RaftError.MemberDown => $"written at {Machine}: refused, it is down",
        RaftError.TimedOut => string.Create(CultureInfo.InvariantCulture, $"written at {Machine}: no answer after {Took.TotalSeconds:0.0} s, and nobody can say whether it will be done (etcdserver: request timed out)"),
        _ => $"written at {Machine}: refused ({Error})",
    };

    string IShown.ToHtml() => $"<p class=\"kubelab-value\">{WebUtility.HtmlEncode(ToString())}</p>";
}
