using System.Text;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes.Streams;

/// <summary>The log of a process that has ended: there is nothing to wait for but the reader.</summary>
internal sealed class ToldLogStream(ContainerRun container, IPodHost host, IEnumerable<string> lines, LogOptions options) : RunStream(container, host)
{
    private readonly IEnumerator<string> lines = lines.GetEnumerator();
    private long bytesLeft = options.LimitBytes ?? long.MaxValue;

    /// <inheritdoc/>
    public override void OnEnded(int exitCode)
    {
        // Another run of the container ended meanwhile, which is not this one.
    }

    /// <inheritdoc/>
    protected override void Pump()
    {
        while (!IsFull && !IsOver)
        {
            var piece = new StringBuilder();
            while (piece.Length < PieceLetters && lines.MoveNext())
            {
                piece.Append(lines.Current);
            }

            var bytes = ByteText.Encode(piece.ToString());
            var isCut = bytes.Length >= bytesLeft;
            Send(isError: false, isCut ? ByteText.Decode(bytes.AsSpan(0, (int)bytesLeft)) : piece.ToString());
            bytesLeft -= bytes.Length;
            if (isCut || piece.Length < PieceLetters)
            {
                End(ProcessEnd.Success);
            }
        }
    }
}
