namespace KubeLab.ApiServer.CustomResources.Cel;

/// <summary>A value that may be absent, as <c>oldSelf</c> is in a rule with <c>optionalOldSelf</c>: absent when the object is new.</summary>
/// <param name="HasValue">Whether it is there.</param>
/// <param name="Value">The value, when it is there.</param>
internal sealed record CelOptional(bool HasValue, object? Value)
{
    /// <summary>One that is absent.</summary>
    public static CelOptional None { get; } = new(false, null);

    /// <summary>The value.</summary>
    /// <exception cref="CelException">It is absent.</exception>
    public object? Required => HasValue ? Value : throw new CelException("optional.none() dereference");
}
