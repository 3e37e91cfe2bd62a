using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Asks the components of the control plane whether they are well, each time that somebody reads; nothing is stored.</summary>
/// <remarks>Upstream: pkg/registry/core/componentstatus.</remarks>
internal sealed class ComponentStore(KindStrategy strategy, RegistryContext context) : ComputedStore(strategy, context)
{
    /// <inheritdoc/>
    public override IApiObject? Find(ObjectKey key) => Components().FirstOrDefault(c => c.Metadata.Name == key.Name);

    /// <inheritdoc/>
    public override IApiObject Get(ObjectKey key) =>
        // Upstream's words, but not its code, which is 500.
        Find(key) ?? throw new ApiException(ApiErrors.NotFound(Resource, key.Name).Status with { Message = $"Component not found: {key.Name}" });

    /// <summary>All of them; selectors are not asked, as upstream.</summary>
    public override ObjectList List(string? ns, ListOptions options) => new([.. Components()], new ListMeta());

    private IEnumerable<ComponentStatus> Components() => Context.Options.Components().Append(new ComponentHealth("etcd-0", null)).Select(Of);

    private static ComponentStatus Of(ComponentHealth health) => new()
    {
        Metadata = new() { Name = health.Name },
        Conditions = [new() { Type = "Healthy", Status = health.Problem is null ? "True" : "False", Message = health.Problem ?? "ok" }],
    };
}

/// <summary>How a component of the control plane is.</summary>
/// <param name="Name">Its name, for example <c>scheduler</c>.</param>
/// <param name="Problem">Why it does not answer; null when it does.</param>
public sealed record ComponentHealth(string Name, string? Problem)
{
    /// <summary>One that listens on <paramref name="port"/> of the server's machine, or does not.</summary>
    public static ComponentHealth OnPort(string name, int port, bool isRunning) => new(
        name,
        isRunning ? null : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Get \"https://127.0.0.1:{port}/healthz\": dial tcp 127.0.0.1:{port}: connect: connection refused"));
}
