using System.Text;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Nodes.Streams;

/// <summary>A reader that keeps what it is told; one with a bound asks for a pause after each piece.</summary>
internal sealed class Heard : IContainerReader
{
    private readonly bool pauses;

    public Heard(ContainerStream stream, bool pauses = false)
    {
        this.pauses = pauses;
        stream.ReadBy(this);
    }

    public StringBuilder Out { get; } = new();

    public StringBuilder Error { get; } = new();

    public int Pieces { get; private set; }

    public Status? Result { get; private set; }

    public int? ExitCode => Result switch
    {
        null => null,
        { State: "Success" } => 0,
        var failed => failed.Details is { } details && details.Causes.Find(c => c.Reason == "ExitCode") is { } cause
            ? int.Parse(cause.Message!, System.Globalization.CultureInfo.InvariantCulture)
            : -1,
    };

    public bool OnOutput(bool isError, ReadOnlyMemory<byte> data)
    {
        Pieces++;
        (isError ? Error : Out).Append(Encoding.UTF8.GetString(data.Span));
        return !pauses;
    }

    public void OnEnd(Status result) => Result = result;
}
