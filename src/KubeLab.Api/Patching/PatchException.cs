namespace KubeLab.Api.Patching;

/// <summary>How an API server answers a patch that cannot be applied.</summary>
public enum PatchFailure
{
    /// <summary>The patch is not well formed: 400 BadRequest.</summary>
    Malformed,

    /// <summary>The patch does not fit the object: 422.</summary>
    Unprocessable,

    /// <summary>The patch asks for more than is done at once: 413.</summary>
    TooLarge,

    /// <summary>Anything else: 500, as upstream.</summary>
    Internal,
}

/// <summary>A patch cannot be applied; the message is upstream's.</summary>
public sealed class PatchException(string message, PatchFailure failure = PatchFailure.Internal) : Exception(message)
{
    /// <summary>How an API server answers.</summary>
    public PatchFailure Failure { get; } = failure;
}
