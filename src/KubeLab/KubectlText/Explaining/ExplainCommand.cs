using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Explaining;

/// <summary><c>kubectl explain</c>: what the fields of a kind mean, from the schemas that the server publishes.</summary>
/// <remarks>Upstream: k8s.io/kubectl/pkg/explain/v2.</remarks>
internal sealed class ExplainCommand : Command
{
    public override string Name => "explain";

    public override string Summary => "Get documentation for a resource.";

    public override Flags Flags => new Flags().Bool("recursive").Text("api-version").Text("output", 'o', "plaintext");

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Words.Count == 0)
        {
            throw Failure.Error("You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of supported resources.");
        }

        if (arguments.Words.Count > 1)
        {
            throw Failure.Error("We accept only this format: explain RESOURCE");
        }

        if (arguments.Text("output") != "plaintext")
        {
            throw Failure.Error($"--output {arguments.Text("output")} is not offered here");
        }

        var (resource, path) = Target(session, arguments.Words[0]);
        resource = InVersion(session, resource, arguments.Text("api-version"));
        var schemas = Schemas.Of(session, resource);
        session.Out((resource.Group.Length > 0 ? $"GROUP:      {resource.Group}\n" : "") + $"KIND:       {resource.Kind}\nVERSION:    {resource.Version}\n\n");
        session.Out(new Explanation(schemas, arguments.Bool("recursive")).Of(schemas.Root, path));
    }

    /// <summary>The resource and the fields that words such as <c>deploy.spec.replicas</c> or <c>crontabs.stable.example.com.spec</c> name.</summary>
    private static (ApiResource Resource, string[] Path) Target(Session session, string word)
    {
        var parts = word.TrimEnd('.').Split('.');
        for (var taken = parts.Length; taken > 1; taken--)
        {
            if (session.Discovery.Resources.FirstOrDefault(r => r.Group.Length > 0 && IsNamed(r, string.Join('.', parts[..taken]))) is { } full)
            {
                return (full, parts[taken..]);
            }
        }

        return (session.Discovery.Find(parts[0]) ?? throw new Failure($"the server doesn't have a resource type \"{parts[0]}\""), parts[1..]);
    }

    private static bool IsNamed(ApiResource resource, string words) =>
        words == resource.QualifiedName || words == $"{resource.Plural}.{resource.Version}.{resource.Group}" || words == $"{resource.Singular}.{resource.Group}";

    private static ApiResource InVersion(Session session, ApiResource resource, string version) => version.Length == 0
        ? resource
        : session.Discovery.Resources.FirstOrDefault(r => r.ApiVersion == version && r.Plural == resource.Plural)
            ?? throw Failure.Error($"couldn't find resource for \"{version}, Resource={resource.Plural}\"");
}
