using KubeLab.Api.Meta;

namespace KubeLab.Simulated.Replaying;

/// <summary>What is said to whoever would change the past.</summary>
internal static class Past
{
    private const string Advice = "go on from here on a cluster of its own with Rewind";

    /// <summary>As the server says it.</summary>
    public static Status Refusal { get; } = new()
    {
        State = "Failure",
        Code = 405,
        Reason = "MethodNotAllowed",
        Message = $"this is the past, which cannot be changed: {Advice}",
    };

    /// <summary>As the library says it.</summary>
    public static InvalidOperationException IsPast(string what) => new($"this is the past: {what}; {Advice}");
}
