using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes.Streams;

/// <summary><c>kubectl logs -f</c>: what was written, and then each line when it is written, until the container ends.</summary>
internal sealed class LogFollower : OutputFollower
{
    private readonly IEnumerator<string> before;
    private long bytesLeft;

    public LogFollower(ContainerRun container, IPodHost host, IEnumerable<string> before, Func<LogStep, string> format, LogOptions options)
        : base(container, host, container.Run!.TellLog, format)
    {
        this.before = before.GetEnumerator();
        bytesLeft = options.LimitBytes ?? long.MaxValue;
    }

    /// <inheritdoc/>
    protected override string? Earlier()
    {
        var piece = new StringBuilder();
        while (piece.Length < PieceLetters && before.MoveNext())
        {
            piece.Append(before.Current);
        }

        return piece.Length == 0 ? null : piece.ToString();
    }

    /// <inheritdoc/>
    protected override void Write(string text)
    {
        var bytes = ByteText.Encode(text);
        if (bytes.Length >= bytesLeft)
        {
            base.Write(ByteText.Decode(bytes.AsSpan(0, (int)bytesLeft)));
            End(ProcessEnd.Success);
            return;
        }

        bytesLeft -= bytes.Length;
        base.Write(text);
    }
}
