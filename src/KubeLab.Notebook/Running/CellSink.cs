using System.Collections.Immutable;
using System.Text;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>
/// Takes what a running cell shows, in order. A cell may write from several threads, and may go on writing after it was given up.
/// </summary>
internal sealed class CellSink
{
    private const int MaxCharacters = 1_000_000;
    private static readonly AsyncLocal<CellSink?> Flowing = new();
    private readonly Lock gate = new();
    private readonly List<CellOutput> outputs = [];
    private readonly StringBuilder text = new();
    private string stream = "stdout";
    private int characters;
    private bool isClosed;

    /// <summary>The sink of the cell that this code runs for, or null outside of cells.</summary>
    public static CellSink? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    public void Write(string name, ReadOnlySpan<char> written)
    {
        lock (gate)
        {
            if (isClosed || characters > MaxCharacters)
            {
                return;
            }

            if (name != stream)
            {
                EndStream();
                stream = name;
            }

            text.Append(written);
            characters += written.Length;
            if (characters > MaxCharacters)
            {
                text.Append("\n… output cut after 1,000,000 characters\n");
            }
        }
    }

    public void Add(CellOutput output)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                EndStream();
                outputs.Add(output);
            }
        }
    }

    /// <summary>Ends the collection; what comes later is dropped.</summary>
    public ImmutableArray<CellOutput> Close()
    {
        lock (gate)
        {
            EndStream();
            isClosed = true;
            return [.. outputs];
        }
    }

    private void EndStream()
    {
        if (text.Length > 0)
        {
            outputs.Add(new StreamOutput(stream, text.ToString()));
            text.Clear();
        }
    }
}
