using KubeLab.Api.Meta;

namespace KubeLab.Api.Verbs;

/// <summary>The server refused a request; <see cref="Status"/> says what, why and which field, as upstream does.</summary>
public sealed class ApiException(Status status) : Exception(status.Message)
{
    /// <summary>The server's answer.</summary>
    public Status Status { get; } = status;

    /// <summary>The reason in one word, for example <c>NotFound</c>.</summary>
    public string Reason => Status.Reason ?? "";

    /// <summary>The HTTP status code.</summary>
    public int Code => Status.Code;

    /// <summary>Whether there is no such object.</summary>
    public bool IsNotFound => Reason == "NotFound";

    /// <summary>Whether the object changed since it was read, or exists already with another purpose.</summary>
    public bool IsConflict => Reason == "Conflict";

    /// <summary>Whether the name is taken.</summary>
    public bool IsAlreadyExists => Reason == "AlreadyExists";
}
