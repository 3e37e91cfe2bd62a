using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Notebook.Jupyter;

/// <summary>Makes the messages of one session, which is the life of one kernel process: clients drop what another session says.</summary>
/// <param name="session">The session.</param>
/// <param name="time">The clock of the messages' dates.</param>
/// <param name="tag">Keeps the message names of two makers of one session apart.</param>
internal sealed class MessageMaker(string session, TimeProvider time, string tag = "")
{
    /// <summary>The version of the messaging protocol that is spoken.</summary>
    public const string ProtocolVersion = "5.3";

    private int last;

    public string Session => session;

    /// <summary>A name nobody has had before.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public JupyterMessage Make(string channel, string type, JsonElement parent, JsonNode content, JsonNode? metadata = null) => new()
    {
        Channel = channel,
        Header = new JsonObject
        {
            ["msg_id"] = string.Create(CultureInfo.InvariantCulture, $"{session}_{tag}{Interlocked.Increment(ref last)}"),
            ["msg_type"] = type,
            ["session"] = session,
            ["username"] = "kubelab",
            ["version"] = ProtocolVersion,
            ["date"] = JupyterTime.Of(time.GetUtcNow()),
        }.ToElement(),
        ParentHeader = parent,
        Metadata = metadata?.ToElement() ?? JsonText.EmptyObject,
        Content = content.ToElement(),
    };
}
