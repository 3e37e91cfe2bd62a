using System.Text;

namespace KubeLab.Notebook.Kernel;

/// <summary>Text that waits to be sent, in the order of its writing as long as the streams change seldom.</summary>
/// <remarks>
/// Each change of stream makes one message more, and one output more in the notebook. Code that writes to both in turn would make one for each write; past a
/// bound text joins the last piece of its own stream, as two pipes that are read now and then would show it.
/// </remarks>
internal sealed class StreamBuffer
{
    /// <summary>Pieces between two sendings; past them order among streams is no longer kept.</summary>
    private const int PiecesMax = 20;

    /// <summary>Pieces of a whole cell; past them each sending has one piece per stream.</summary>
    private const int AllPiecesMax = 1_000;
    private readonly List<(string Name, StringBuilder Text)> pieces = [];
    private int taken;

    /// <summary>How many characters wait.</summary>
    public int Length { get; private set; }

    public void Append(string name, ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            Piece(name).Append(text);
            Length += text.Length;
        }
    }

    /// <summary>Gives out what waits, and begins anew.</summary>
    public IReadOnlyList<(string Name, string Text)> Take()
    {
        IReadOnlyList<(string, string)> all = [.. pieces.Select(piece => (piece.Name, piece.Text.ToString()))];
        taken += pieces.Count;
        pieces.Clear();
        Length = 0;
        return all;
    }

    private StringBuilder Piece(string name)
    {
        if (pieces.Count > 0 && pieces[^1].Name == name)
        {
            return pieces[^1].Text;
        }

        var earlier = pieces.Count >= PiecesMax || taken >= AllPiecesMax ? pieces.FindLastIndex(piece => piece.Name == name) : -1;
        if (earlier < 0)
        {
            pieces.Add((name, new StringBuilder()));
            return pieces[^1].Text;
        }

        return pieces[earlier].Text;
    }
}
