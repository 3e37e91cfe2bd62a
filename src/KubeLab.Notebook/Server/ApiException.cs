namespace KubeLab.Notebook.Server;

/// <summary>A request that is refused, with what the client is told.</summary>
internal sealed class ApiException(int status, string message, string? reason = null) : Exception(message)
{
    public int Status => status;

    /// <summary>One word for programs, or null.</summary>
    public string? Reason => reason;

    public static ApiException NotFound(string message) => new(404, message);

    public static ApiException BadRequest(string message) => new(400, message);
}
