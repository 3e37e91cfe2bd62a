using System.Collections.Immutable;
using System.Text.Json;

namespace KubeLab.Notebook.Jupyter;

/// <summary>One message of Jupyter's protocol.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging in Jupyter</seealso>
internal sealed record JupyterMessage
{
    /// <summary>One of <see cref="Channels"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>An object with the texts <c>msg_id</c>, <c>msg_type</c> and <c>session</c>, and more that is passed on.</summary>
    public required JsonElement Header { get; init; }

    /// <summary>The header of the request that this answers; an empty object when there is none.</summary>
    public JsonElement ParentHeader { get; init; } = JsonText.EmptyObject;

    /// <summary>An object; rarely looked into.</summary>
    public JsonElement Metadata { get; init; } = JsonText.EmptyObject;

    /// <summary>An object whose form <see cref="Type"/> decides.</summary>
    public JsonElement Content { get; init; } = JsonText.EmptyObject;

    /// <summary>Binary attachments.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Buffers { get; init; } = [];

    public string Id => Header.Text("msg_id")!;

    public string Type => Header.Text("msg_type")!;

    public string? ParentId => ParentHeader.Text("msg_id");

    /// <summary>The message itself when it has all it needs.</summary>
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public JupyterMessage Checked()
    {
        foreach (var field in (ReadOnlySpan<string>)["msg_id", "msg_type", "session"])
        {
            if (Header.Text(field) is null)
            {
                throw new FormatException($"header.{field}: a text is required");
            }
        }

        return this;
    }
}
