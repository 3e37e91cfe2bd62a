using System.Text.Json;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Http;

/// <summary>Writes the changes that a watch is told of as lines of JSON.</summary>
internal sealed class WatchLines(AnswerWriter writer) : IWatchSink
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();
    private bool isFirst = true;

    /// <summary>Where the lines go.</summary>
    public WatchBody Body { get; } = new();

    public bool TakesBookmark => Body.TakesBookmark;

    public void OnEvent(in WatchEvent change)
    {
        var copy = change;
        var first = isFirst;
        var instant = writer.Now;
        isFirst = false;
        Line(json => writer.Event(json, copy, first, instant));
    }

    public void OnEnd(Status? error)
    {
        if (error is not null)
        {
            Line(json =>
            {
                json.WriteStartObject();
                json.WriteString("type", "ERROR");
                json.WritePropertyName("object");
                JsonBody.Write(json, error);
                json.WriteEndObject();
            });
        }

        Body.End();
    }

    // Objects never change, so it makes no difference when and on which thread the line is written.
    private void Line(Action<Utf8JsonWriter> write) =>
        Body.Write(() => new ReadOnlyMemory<byte>([.. JsonBody.Of(write).Span, .. LineFeed]));
}
