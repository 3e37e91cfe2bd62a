namespace KubeLab.Cloud.Machines;

/// <summary>Why the provider could not make a machine, as its failed operation tells it.</summary>
/// <param name="Class">What kind of failure it is: what an autoscaler goes by.</param>
/// <param name="Code">The provider's code, for example <c>ZONE_RESOURCE_POOL_EXHAUSTED</c>.</param>
/// <param name="Message">The provider's text.</param>
/// <seealso href="https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-resource-availability">Google Cloud: resource availability errors</seealso>
public sealed record CreationError(CreationErrorClass Class, string Code, string Message)
{
    /// <summary>Code and text, as <c>gcloud</c> prints them.</summary>
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>The kinds of failure that callers tell apart.</summary>
public enum CreationErrorClass
{
    /// <summary>The provider has no such machine left in the zone at this time: another type or zone may do.</summary>
    OutOfResources,

    /// <summary>The account may not have more of it, whatever the zone.</summary>
    QuotaExceeded,
}
