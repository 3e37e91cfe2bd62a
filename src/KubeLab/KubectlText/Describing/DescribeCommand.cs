using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary><c>kubectl describe</c>.</summary>
internal sealed class DescribeCommand : Command
{
    private static readonly IDescriber Generic = new GenericDescriber();

    private static readonly Dictionary<string, IDescriber> Describers = new IDescriber[]
    {
        new PodDescriber(), new NodeDescriber(), new DeploymentDescriber(), new ReplicaSetDescriber(), new ServiceDescriber(),
        new NamespaceDescriber(), new ConfigMapDescriber(), new SecretDescriber(), new ServiceAccountDescriber(), new PriorityClassDescriber(), new CSINodeDescriber(),
        new JobDescriber(), new CronJobDescriber(), new QuotaDescriber(), new LimitRangeDescriber(), new BudgetDescriber(),
        new StatefulSetDescriber(), new DaemonSetDescriber(), new PersistentVolumeClaimDescriber(), new PersistentVolumeDescriber(), new StorageClassDescriber(),
        new IngressDescriber(), new IngressClassDescriber(), new NetworkPolicyDescriber(), new RoleDescriber("Role"), new RoleDescriber("ClusterRole"),
        new RoleBindingDescriber("RoleBinding"), new RoleBindingDescriber("ClusterRoleBinding"), new EndpointSliceDescriber(), new EndpointsDescriber(),
        new ReplicationControllerDescriber(), new AutoscalerDescriber(),
    }.ToDictionary(describer => describer.Kind, StringComparer.Ordinal);

    public override string Name => "describe";

    public override string Summary => "Show details of a specific resource or group of resources.";

    public override Flags Flags => new Flags().Files().Text("selector", 'l').Bool("all-namespaces", 'A').Bool("show-events", value: true)
        .Int("chunk-size", value: 500);

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Words.Count == 0 && !ManifestReader.IsAsked(arguments))
        {
            throw Failure.Error(
                "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete list of supported resources.");
        }

        var infos = Find(session, arguments);
        var isFirst = true;
        foreach (var info in infos)
        {
            session.Try(() =>
            {
                var text = new Description(session.Host.Now);
                var describer = Describers.GetValueOrDefault(info.Resource.QualifiedKind, Generic);
                describer.Describe(session, info, text, arguments.Bool("show-events"));

                // Objects that were only found by the beginning of their names are set apart in another way.
                var isGuess = arguments.Words.Count > 1 && !arguments.Words.Skip(1).Contains(info.Name) && !arguments.Words[0].Contains('/', StringComparison.Ordinal);
                session.Out(isGuess ? $"{text}\n" : isFirst ? text.ToString() : $"\n\n{text}");
                isFirst = false;
            });
        }

        if (infos.Count == 0 && session.Failures.Count == 0)
        {
            session.Error(arguments.Bool("all-namespaces") ? "No resources found\n" : $"No resources found in {session.Namespace} namespace.\n");
        }
    }

    private static List<Info> Find(Session session, Arguments arguments)
    {
        var finder = new Finder(session, arguments) { TakesAll = true };
        if (ManifestReader.IsAsked(arguments))
        {
            return finder.Find([]);
        }

        var infos = new List<Info>();
        foreach (var word in ResourceWords.Read(session, arguments.Words))
        {
            session.Try(() => infos.AddRange(Matching(session, finder, word)));
        }

        return infos;
    }

    /// <summary>An object by its name, or else all whose names begin so.</summary>
    private static List<Info> Matching(Session session, Finder finder, ResourceWord word)
    {
        var ns = finder.NamespaceFor(word.Resource);
        if (word.Name is not { } name)
        {
            return finder.Find([word.Resource.QualifiedName]);
        }

        try
        {
            return [new(word.Resource, ns, name, Finder.Get(session, word.Resource, ns, name))];
        }
        catch (StatusException refusal) when (refusal.IsNotFound)
        {
            var like = new Json(session.Api.List(word.Resource, ns, new(), chunk: 500))["items"].Items
                .Where(item => item["metadata"]["name"].Text.StartsWith(name, StringComparison.Ordinal))
                .Select(item => Info.Of(word.Resource, Finder.Typed(item.Node!, word.Resource)))
                .ToList();
            if (like.Count == 0)
            {
                throw;
            }

            return like;
        }
    }
}
