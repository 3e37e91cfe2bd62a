using System.Text.Json.Nodes;

namespace KubeLab.KubectlText.Wire;

/// <summary>The events of a watch, one after the other, as the cluster's time passes.</summary>
internal sealed class EventStream(IKubectlHost host, KubectlRequest request) : IDisposable
{
    private readonly IKubectlStream stream = host.Open(request);
    private readonly Queue<Json> events = new();
    private string rest = "";

    /// <summary>The next event's type and object; false when none came before <paramref name="until"/>.</summary>
    /// <exception cref="StatusException">The server ended the watch with an error.</exception>
    public bool TryNext(DateTimeOffset until, out string type, out Json obj)
    {
        while (true)
        {
            Take();
            if (events.TryDequeue(out var found))
            {
                (type, obj) = (found["type"].Text, found["object"]);
                if (type == "ERROR")
                {
                    throw StatusException.From((int)obj["code"].Int, obj.Node!.ToJsonString());
                }

                if (type == "BOOKMARK")
                {
                    continue;
                }

                return true;
            }

            var left = until - host.Now;
            if (stream.HasEnded || left <= TimeSpan.Zero || !host.Wait(() => stream.HasText || stream.HasEnded, left))
            {
                Take();
                if (events.Count > 0)
                {
                    continue;
                }

                (type, obj) = ("", default);
                return false;
            }
        }
    }

    public void Dispose() => stream.Dispose();

    private void Take()
    {
        if (!stream.HasText)
        {
            return;
        }

        var lines = (rest + stream.Read()).Split('\n');
        rest = lines[^1];
        if (stream.Code >= 400)
        {
            throw StatusException.From(stream.Code, string.Join('\n', lines));
        }

        foreach (var line in lines[..^1].Where(line => line.Length > 0))
        {
            events.Enqueue(JsonNode.Parse(line));
        }
    }
}
