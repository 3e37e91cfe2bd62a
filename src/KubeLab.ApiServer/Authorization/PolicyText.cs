using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Rbac;
using KubeLab.ApiServer.Defaulting;

namespace KubeLab.ApiServer.Authorization;

/// <summary>Reads roles and bindings from the lines that <c>data/rbac/SOURCE.md</c> describes.</summary>
internal sealed class PolicyText
{
    private const string ControllerPrefix = "system:controller:";
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly StringMap Label = StringMap.Of(("kubernetes.io/bootstrapping", "rbac-defaults"));
    private static readonly StringMap Annotation = StringMap.Of(("rbac.authorization.kubernetes.io/autoupdate", "true"));

    private static readonly PolicyRule Events = new()
    {
        Verbs = ["create", "patch", "update"],
        ApiGroups = ["", "events.k8s.io"],
        Resources = ["events"],
    };

    private readonly List<ClusterRole> roles = [];
    private readonly List<ClusterRoleBinding> bindings = [];
    private readonly List<Role> namespacedRoles = [];
    private readonly List<RoleBinding> namespacedBindings = [];
    private string? ns;

    public IReadOnlyList<ClusterRole> Roles => roles;

    public IReadOnlyList<ClusterRoleBinding> Bindings => bindings;

    public IReadOnlyList<Role> NamespacedRoles => namespacedRoles;

    public IReadOnlyList<RoleBinding> NamespacedBindings => namespacedBindings;

    /// <summary>The lines that come with the program.</summary>
    public static PolicyText Load()
    {
        using var reader = new StreamReader(typeof(PolicyText).Assembly.GetManifestResourceStream("policy.txt")!);
        return Of(reader.ReadToEnd());
    }

    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <exception cref="FormatException">A line begins with a word that is none of the format's.</exception>
    public static PolicyText Of(string text)
    {
        var policy = new PolicyText();
        foreach (var line in text.Split('\n').Where(l => l.Trim() is { Length: > 0 } and not ['#', ..]))
        {
            policy.Line(line);
        }

        return policy;
    }

    private void Line(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["namespace", var name]:
                ns = name;
                break;
            case ["role", var name, .. var labels]:
                AddRole(Metadata(name, labels));
                break;
            case ["controller", var name]:
                AddRole(Metadata(ControllerPrefix + name, []));
                Bind(ControllerPrefix + name, [$"ServiceAccount/kube-system/{name}"]);
                break;
            case ["binding", var role, .. var subjects]:
                Bind(role, subjects);
                break;
            case ["aggregates", var label]:
                roles[^1] = roles[^1] with { AggregationRule = new() { ClusterRoleSelectors = [new() { MatchLabels = Aggregating(default, $"aggregate-to-{label}") }] } };
                break;
            case ["EVENTS"]:
                AddRule(Events);
                break;
            default:
                AddRule(Rule(line));
                break;
        }
    }

    private void AddRole(ObjectMeta metadata)
    {
        if (ns is null)
        {
            roles.Add(new ClusterRole { Metadata = metadata });
        }
        else
        {
            namespacedRoles.Add(new Role { Metadata = metadata with { Namespace = ns } });
        }
    }

    private void AddRule(PolicyRule rule)
    {
        if (ns is null)
        {
            roles[^1] = roles[^1] with { Rules = roles[^1].Rules.Add(rule) };
        }
        else
        {
            namespacedRoles[^1] = namespacedRoles[^1] with { Rules = namespacedRoles[^1].Rules.Add(rule) };
        }
    }

    private static PolicyRule Rule(string line)
    {
        var parts = line.Split('|').Select(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return parts switch
        {
            [var verbs, var paths] => new() { Verbs = Verbs(verbs), NonResourceURLs = paths.ToValueList() },
            [var verbs, var groups, var resources] => new() { Verbs = Verbs(verbs), ApiGroups = Groups(groups), Resources = resources.ToValueList() },
            [var verbs, var groups, var resources, var names] => new()
            {
                Verbs = Verbs(verbs),
                ApiGroups = Groups(groups),
                Resources = resources.ToValueList(),
                ResourceNames = names.ToValueList(),
            },
            _ => throw new FormatException($"policy.txt: a rule is verbs | groups | resources, or verbs | paths: {line.Trim()}"),
        };
    }

    private static ValueList<string> Verbs(string[] words) => words
        .SelectMany(w => w switch { "READ" => Read, "WRITE" => Write, _ => [w] })
        .Order(StringComparer.Ordinal).ToValueList();

    private static ValueList<string> Groups(string[] words) => words.Select(w => w == "core" ? "" : w).ToValueList();

    private static ObjectMeta Metadata(string name, string[] labels) =>
        new() { Name = name, Labels = labels.Aggregate(Label, Aggregating), Annotations = Annotation };

    private static StringMap Aggregating(StringMap labels, string word) => labels.With($"rbac.authorization.k8s.io/{word}", "true");

    /// <summary>Gives a role; <c>ROLE=NAME</c> calls the binding by another name than the role.</summary>
    private void Bind(string words, string[] who)
    {
        var (role, name) = words.Split('=') is [var given, var other] ? (given, other) : (words, words);
        var subjects = who.Select(Subject).ToValueList();
        if (ns is null)
        {
            bindings.Add(new ClusterRoleBinding { Metadata = Metadata(name, []), RoleRef = Reference("ClusterRole", role), Subjects = subjects });
        }
        else
        {
            namespacedBindings.Add(new RoleBinding { Metadata = Metadata(name, []) with { Namespace = ns }, RoleRef = Reference("Role", role), Subjects = subjects });
        }
    }

    private static RoleRef Reference(string kind, string role) => new() { ApiGroup = RbacDefaults.Group, Kind = kind, Name = role };

    private static Subject Subject(string text) => text.Split('/') switch
    {
        ["ServiceAccount", var ns, var name] => new() { Kind = "ServiceAccount", Namespace = ns, Name = name },
        [var kind, var name] => new() { Kind = kind, ApiGroup = RbacDefaults.Group, Name = name },
        _ => throw new FormatException($"policy.txt: no such subject: {text}"),
    };
}
