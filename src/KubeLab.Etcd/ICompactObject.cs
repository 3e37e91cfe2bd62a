using KubeLab.Api;

namespace KubeLab.Etcd;

/// <summary>An object in a shorter form that only the store keeps: it takes its version without being unfolded.</summary>
public interface ICompactObject : IApiObject
{
    /// <summary>The object's name.</summary>
    string Name { get; }

    /// <summary>The object in its usual form, made anew at each call.</summary>
    IApiObject Unfolded { get; }

    /// <summary>The same object with another resourceVersion.</summary>
    ICompactObject WithVersion(long revision);
}
