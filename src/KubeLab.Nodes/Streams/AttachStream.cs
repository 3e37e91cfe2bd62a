using KubeLab.Nodes.Containers;
using KubeLab.Nodes.Pods;

namespace KubeLab.Nodes.Streams;

/// <summary><c>kubectl attach</c>: what the container's own process writes from now on, and what is typed goes to it.</summary>
internal sealed class AttachStream : OutputFollower
{
    private readonly InputText input = new();
    private readonly LineDiscipline? terminal;
    private readonly bool reads;

    /// <summary>Attaches to a container whose process is alive.</summary>
    /// <param name="container">The container.</param>
    /// <param name="host">Its node.</param>
    /// <param name="hasInput">Whether the client sends input.</param>
    public AttachStream(ContainerRun container, IPodHost host, bool hasInput)
        : base(container, host, container.Run!.TellOutput, step => step.Text!)
    {
        reads = hasInput && container.Spec.Stdin;
        terminal = container.Spec.TTY
            ? new LineDiscipline(Write, Hand, () => Hand("\n"), () => Hand(null))
            : null;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlyMemory<byte> input)
    {
        if (!reads || IsOver)
        {
            return;
        }

        var text = this.input.Take(input.Span);
        if (terminal is not null)
        {
            terminal.Type(text);
        }
        else if (text.Length > 0)
        {
            Hand(text);
        }
    }

    /// <inheritdoc/>
    public override void CloseInput()
    {
        // Without stdinOnce the container's input stays open for the next client.
        if (reads && !IsOver && Container.Spec.StdinOnce)
        {
            Hand(null);
        }
    }

    /// <inheritdoc/>
    protected override void Write(string text) => base.Write(terminal is null ? text : LineDiscipline.Shown(text));

    private void Hand(string? text)
    {
        Container.Receive(text);
        Refresh();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        var wasOpen = !IsOver;
        base.Dispose(disposing);
        if (wasOpen && reads && Container.IsAlive && Container.Spec.StdinOnce)
        {
            Container.Receive(null);
        }
    }
}
