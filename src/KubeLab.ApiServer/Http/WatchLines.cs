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

    public void OnEvent(in WatchEvent change)
    {
        var copy = change;
        var first = isFirst;
        isFirst = false;
        Line(JsonBody.Of(json => writer.Event(json, copy, first)));
    }

    public void OnEnd(Status? error)
    {
        if (error is not null)
        {
            Line(JsonBody.Of(json =>
            {
                json.WriteStartObject();
                json.WriteString("type", "ERROR");
                json.WritePropertyName("object");
                JsonBody.Write(json, error);
                json.WriteEndObject();
            }));
        }

        Body.End();
    }

    private void Line(ReadOnlyMemory<byte> json) => Body.Write(new ReadOnlyMemory<byte>([.. json.Span, .. LineFeed]));
}
