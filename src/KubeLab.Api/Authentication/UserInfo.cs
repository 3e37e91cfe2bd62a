namespace KubeLab.Api.Authentication;

/// <summary>Who asks: a name, and the groups that name belongs to.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#users-in-kubernetes">Users in Kubernetes</seealso>
public sealed record UserInfo : ApiRecord
{
    /// <summary>Nobody.</summary>
    public static UserInfo Empty { get; } = new();

    /// <summary>The name, for example <c>jane</c> or <c>system:serviceaccount:default:builder</c>.</summary>
    public string? Username { get; init; }

    /// <summary>What tells apart two users who had the same name at different times.</summary>
    public string? Uid { get; init; }

    /// <summary>The groups.</summary>
    public ValueList<string> Groups { get; init; }

    /// <summary>What else whoever proved the name had to say, each a list of texts.</summary>
    public OpaqueObject? Extra { get; init; }
}
