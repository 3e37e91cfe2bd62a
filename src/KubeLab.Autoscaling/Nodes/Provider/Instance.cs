namespace KubeLab.Autoscaling.Nodes.Provider;

/// <summary>One machine as the provider lists it.</summary>
/// <param name="Id">As its node's <c>spec.providerID</c>.</param>
/// <param name="Name">As its node is or will be called.</param>
/// <param name="State">What the provider does with it.</param>
/// <param name="Error">Why it could not be made; null when nothing is wrong.</param>
/// <remarks>Upstream: cloudprovider.Instance.</remarks>
public sealed record Instance(string Id, string Name, InstanceState State, InstanceError? Error = null);

/// <summary>What the provider does with a machine.</summary>
public enum InstanceState
{
    /// <summary>It is being made.</summary>
    Creating,

    /// <summary>It is there.</summary>
    Running,

    /// <summary>It is being deleted.</summary>
    Deleting,
}

/// <summary>What went wrong with a machine or an order of machines.</summary>
/// <param name="Class">Which sort of trouble it is.</param>
/// <param name="Code">The provider's word for it, for example <c>QUOTA_EXCEEDED</c>.</param>
/// <param name="Message">The provider's sentence.</param>
public sealed record InstanceError(InstanceErrorClass Class, string Code, string Message);

/// <summary>The sorts of trouble with machines.</summary>
public enum InstanceErrorClass
{
    /// <summary>The provider has none left, or the account may not have more.</summary>
    OutOfResources,

    /// <summary>Anything else.</summary>
    Other,
}
