namespace KubeLab.Autoscaling.Nodes.Provider;

/// <summary>The provider refuses what was asked of it; nothing was changed.</summary>
/// <param name="error">The provider's own words.</param>
public sealed class CloudRefusalException(InstanceError error) : Exception(error.Message)
{
    /// <summary>The sort of trouble, its code and its sentence.</summary>
    public InstanceError Error { get; } = error;
}
