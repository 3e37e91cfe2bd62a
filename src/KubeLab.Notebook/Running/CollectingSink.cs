using System.Collections.Immutable;
using System.Text;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>Keeps what a cell shows until it has ended.</summary>
internal sealed class CollectingSink : CellSink
{
    private const int MaxCharacters = 1_000_000;
    private readonly Lock gate = new();
    private readonly List<CellOutput> outputs = [];
    private readonly StringBuilder text = new();
    private string stream = "stdout";
    private int characters;
    private bool isClosed;
    private bool clearsFirst;

    public override void Write(string name, ReadOnlySpan<char> written)
    {
        lock (gate)
        {
            if (isClosed || characters > MaxCharacters)
            {
                return;
            }

            ClearWhenAsked();
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

    public override void Add(CellOutput output)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                ClearWhenAsked();
                EndStream();
                outputs.Add(output);
            }
        }
    }

    public override void Update(DisplayOutput output)
    {
        lock (gate)
        {
            for (var i = 0; i < outputs.Count && !isClosed; i++)
            {
                if (outputs[i] is DisplayOutput shown && shown.DisplayId == output.DisplayId)
                {
                    outputs[i] = output;
                }
            }
        }
    }

    public override void Clear(bool wait)
    {
        lock (gate)
        {
            clearsFirst = true;
            if (!wait)
            {
                ClearWhenAsked();
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

    private void ClearWhenAsked()
    {
        if (clearsFirst)
        {
            outputs.Clear();
            text.Clear();
            clearsFirst = false;
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
