using KubeLab.Api.Meta;

namespace KubeLab.Api;

/// <summary>An object that the API server stores: kind, version and metadata are known, the rest is the kind's own.</summary>
public interface IApiObject
{
    /// <summary>Group and version, for example <c>apps/v1</c>; the core group has no name: <c>v1</c>.</summary>
    string ApiVersion { get; }

    /// <summary>The kind, for example <c>Deployment</c>.</summary>
    string Kind { get; }

    /// <summary>Name, place, identity and history; never null.</summary>
    ObjectMeta Metadata { get; }

    /// <summary>The same object with other metadata.</summary>
    IApiObject WithMetadata(ObjectMeta metadata);
}

/// <summary>A built-in kind, which knows the resource it is served as.</summary>
/// <typeparam name="TSelf">The kind itself.</typeparam>
public interface IApiObject<TSelf> : IApiObject
    where TSelf : class, IApiObject<TSelf>
{
    /// <summary>Under which path, names and verbs the kind is served.</summary>
    static abstract ApiResource Resource { get; }

    /// <summary>The same object with other metadata.</summary>
    new TSelf WithMetadata(ObjectMeta metadata);
}
