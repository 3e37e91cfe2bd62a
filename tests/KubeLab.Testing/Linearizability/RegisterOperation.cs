namespace KubeLab.Testing.Linearizability;

/// <summary>What a client does with one register.</summary>
public enum RegisterCall
{
    /// <summary>Reads it.</summary>
    Read,

    /// <summary>Writes it.</summary>
    Write,

    /// <summary>Writes it if it holds an expected value, and tells what it held.</summary>
    CompareAndSet,
}

/// <summary>One operation of a client's history.</summary>
/// <param name="Key">The register.</param>
/// <param name="Call">What was done.</param>
/// <param name="Value">What was to be written.</param>
/// <param name="Expected">What a compare-and-set expected; 0 is a register that was never written.</param>
/// <param name="Called">When it began, in the history's order.</param>
/// <param name="Returned">When it ended; null when nobody knows whether it happened or will.</param>
/// <param name="Found">What the register held: a read's answer, and a compare-and-set's.</param>
public sealed record RegisterOperation(string Key, RegisterCall Call, long Value, long Expected, long Called, long? Returned, long Found)
{
    /// <summary>The register after it, or null when it cannot have happened to <paramref name="state"/>.</summary>
    public long? ApplyTo(long state) => Call switch
    {
        RegisterCall.Write => Value,
        RegisterCall.Read => Found == state ? state : null,
        _ when Returned is null => state == Expected ? Value : state,
        _ => Found != state ? null : state == Expected ? Value : state,
    };

    private string End => Returned is { } returned ? $"{returned}" : "?";

    /// <inheritdoc/>
    public override string ToString() => Call switch
    {
        RegisterCall.Read => $"[{Called}..{Returned}] {Key} = {Found}",
        RegisterCall.Write => $"[{Called}..{End}] {Key} := {Value}",
        _ => $"[{Called}..{End}] {Key} := {Value} if {Expected}, found {Found}",
    };
}
