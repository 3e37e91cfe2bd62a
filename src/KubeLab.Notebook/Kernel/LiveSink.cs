using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Kernel;

/// <summary>
/// Sends what a cell shows while it runs. Text is gathered for a moment so that many small writes make few messages; a flood is cut, said
/// so, and its end shown.
/// </summary>
internal sealed class LiveSink : CellSink, IDisposable
{
    private const int CharactersMax = 2_000_000;
    private const int TailMax = 2_000;
    private const int DisplaysMax = 2_000;
    private const long DisplayCharactersMax = 20_000_000;
    private const int ChunkMax = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private readonly Lock gate = new();
    private readonly KernelSession session;
    private readonly JsonElement parent;
    private readonly bool isSilent;
    private readonly Func<string, bool, string?> ask;
    private readonly StreamBuffer text = new();
    private readonly StringBuilder tail = new();
    private readonly OrderedDictionary<string, DisplayOutput> updates = [];
    private readonly ITimer timer;
    private string cut = "stdout";
    private long characters;
    private long displayCharacters;
    private int displays;
    private bool isClosed;

    public LiveSink(KernelSession session, JsonElement parent, bool isSilent, Func<string, bool, string?> ask)
    {
        this.session = session;
        this.parent = parent;
        this.isSilent = isSilent;
        this.ask = ask;
        timer = TimeProvider.System.CreateTimer(_ => FlushIfFree(), null, Pause, Pause);
    }

    /// <summary>The error that ended the cell, or null.</summary>
    public ErrorOutput? Error { get; private set; }

    public override void Write(string name, ReadOnlySpan<char> written)
    {
        lock (gate)
        {
            if (isClosed || isSilent)
            {
                return;
            }

            var room = (int)Math.Clamp(CharactersMax - characters, 0, written.Length);
            characters += written.Length;
            text.Append(name, written[..room]);
            Keep(name, written[room..]);
            if (text.Length > ChunkMax)
            {
                Send();
            }
        }
    }

    public override void Add(CellOutput output)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            Send();
            switch (output)
            {
                case ErrorOutput error:
                    Error = error;
                    Publish("error", OutputContent.Error(error), error.Line > 0 ? Marked(error.Line) : null);
                    break;
                case ResultOutput result:
                    Publish("execute_result", OutputContent.Result(result with { Data = Bounded(result.Data) }));
                    break;
                case DisplayOutput display when ++displays <= DisplaysMax:
                    Publish("display_data", OutputContent.Display(display with { Data = Bounded(display.Data) }));
                    break;
                case DisplayOutput when displays == DisplaysMax + 1:
                    Say(string.Create(CultureInfo.InvariantCulture, $"… a cell shows {DisplaysMax:N0} values at most, the others are left out\n"));
                    break;
            }
        }
    }

    public override void Update(DisplayOutput output)
    {
        lock (gate)
        {
            if (!isClosed && output.DisplayId is { } id)
            {
                // Only the last of many fast updates is worth a message.
                updates[id] = output;
            }
        }
    }

    public override void Clear(bool wait)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                Send();
                characters = displays = 0;
                Publish("clear_output", new JsonObject { ["wait"] = wait });
            }
        }
    }

    public override string? Ask(string prompt, bool isPassword)
    {
        Flush();
        return ask(prompt, isPassword);
    }

    /// <summary>Sends what is left; what comes later, from threads the cell left behind, is dropped.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            Send();
            if (characters > CharactersMax)
            {
                var left = characters - CharactersMax;
                Say(string.Create(CultureInfo.InvariantCulture, $"\n… {left:N0} more characters are left out: a cell shows {CharactersMax:N0}. The end of them:\n"));
                Publish("stream", new JsonObject { ["name"] = cut, ["text"] = tail.ToString() });
            }

            isClosed = true;
        }
    }

    public void Dispose() => timer.Dispose();

    private static JsonObject Marked(int line) => new() { ["kubelab"] = new JsonObject { ["line"] = line } };

    /// <summary>
    /// What the timer does: it never waits. While a large output waits for the pipe, callbacks that wait for their turn would take one thread of the pool after the other, until none is left to notice that the pipe is free again.
    /// </summary>
    private void FlushIfFree()
    {
        if (!gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!isClosed)
            {
                Send();
            }
        }
        finally
        {
            gate.Exit();
        }
    }

    private void Flush()
    {
        lock (gate)
        {
            if (!isClosed)
            {
                Send();
            }
        }
    }

    private void Send()
    {
        foreach (var (name, written) in text.Take())
        {
            Publish("stream", new JsonObject { ["name"] = name, ["text"] = written });
        }

        if (updates.Count > 0)
        {
            foreach (var (_, update) in updates)
            {
                Publish("update_display_data", OutputContent.Display(update with { Data = Bounded(update.Data) }));
            }

            updates.Clear();
        }
    }

    private void Keep(string name, ReadOnlySpan<char> dropped)
    {
        if (dropped.IsEmpty)
        {
            return;
        }

        cut = name;
        if (dropped.Length > TailMax)
        {
            dropped = dropped[^TailMax..];
        }

        tail.Append(dropped);
        if (tail.Length > 2 * TailMax)
        {
            tail.Remove(0, tail.Length - TailMax);
        }
    }

    private MimeBundle Bounded(MimeBundle bundle)
    {
        var length = bundle.Entries.Sum(entry => (long)entry.Text.Length);
        if (displayCharacters + length <= DisplayCharactersMax)
        {
            displayCharacters += length;
            return bundle;
        }

        return new MimeBundle([new MimeEntry(MimeTypes.Text, string.Create(
            CultureInfo.InvariantCulture, $"A value of {length:N0} characters is left out: a cell shows {DisplayCharactersMax:N0} in values."))]);
    }

    private void Say(string note) => Publish("stream", new JsonObject { ["name"] = "stderr", ["text"] = note });

    private void Publish(string type, JsonObject content, JsonObject? metadata = null)
    {
        if (!isSilent)
        {
            session.Publish(type, parent, content, metadata);
        }
    }
}
