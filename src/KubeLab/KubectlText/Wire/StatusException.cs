using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.KubectlText.Wire;

/// <summary>The server refused a request.</summary>
internal sealed class StatusException : Exception
{
    private StatusException(int code, string reason, string message, Json details)
        : base(message)
    {
        Code = code;
        Reason = reason;
        Details = details;
    }

    /// <summary>The HTTP status code.</summary>
    public int Code { get; }

    /// <summary>The reason in one word, for example <c>NotFound</c>; may be empty.</summary>
    public string Reason { get; }

    /// <summary>What it is about, and one cause for each thing that is wrong.</summary>
    public Json Details { get; }

    public bool IsNotFound => Reason == "NotFound" || (Reason.Length == 0 && Code == 404);

    public bool IsConflict => Reason == "Conflict";

    public bool IsInvalid => Reason == "Invalid";

    /// <summary>Reads the answer of a server that refused.</summary>
    /// <param name="code">The status code.</param>
    /// <param name="text">The body.</param>
    /// <param name="request">What was asked, which is named where the answer says nothing; null when that is not known.</param>
    public static StatusException From(int code, string text, KubectlRequest? request = null)
    {
        Json status = default;
        try
        {
            status = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Something other than the API server answered; its text is all there is to say.
        }

        return status["kind"].Text == "Status"
            ? new(code, status["reason"].Text, status["message"].Or("unknown"), status["details"])
            : new(code, code == 404 ? "NotFound" : "", code == 404 ? $"the server could not find the requested resource{RequestWords.Of(request)}" : text.Trim(), default);
    }

    /// <summary>The same refusal with other words in front of its message.</summary>
    public StatusException Saying(string words) => new(Code, Reason, words + Message, Details);

    /// <summary>The same refusal with what was being done in front of its message, as kubectl says it of objects from files.</summary>
    public StatusException While(string verb, string source) =>
        new(Code, Reason, source.Length > 0 ? $"error when {verb} \"{source}\": {Message}" : $"error when {verb}: {Message}", Details);
}
