using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Api.Yaml;
using KubeLab.Autoscaling.Nodes.ScaleUp;

namespace KubeLab.Autoscaling.Nodes.Expanders;

/// <summary>Prefers the groups whose names match the highest priority in the ConfigMap <c>cluster-autoscaler-priority-expander</c>.</summary>
/// <remarks>The config map's key <c>priorities</c> holds YAML: a number, and a list of regular expressions, each of which may match any part of a group's name.</remarks>
/// <seealso href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/expander/priority/readme.md">Priority based expander</seealso>
public sealed class PriorityExpander(IKubernetesApi api, Action<ConfigMap, string, string> warn) : IExpander
{
    /// <summary>The config map's name; it lies in kube-system.</summary>
    public const string ConfigMapName = "cluster-autoscaler-priority-expander";

    private const string Key = "priorities";
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public IReadOnlyList<ExpansionOption> Best(IReadOnlyList<ExpansionOption> options)
    {
        if (api.Find<ConfigMap>("kube-system", ConfigMapName) is not { } map || Read(map) is not { } priorities)
        {
            return [];
        }

        var best = new List<ExpansionOption>();
        var highest = -1;
        foreach (var option in options)
        {
            var matching = priorities.Where(p => p.Names.Any(n => n.IsMatch(option.Group.Id))).Select(p => p.Priority).ToList();
            if (matching.Count == 0)
            {
                warn(map, "PriorityConfigMapNotMatchedGroup", $"Priority expander: node group {option.Group.Id} not found in priority expander configuration. The group won't be used.");
                continue;
            }

            var own = matching.Max();
            if (own > highest)
            {
                best.Clear();
                highest = own;
            }

            if (own == highest)
            {
                best.Add(option);
            }
        }

        if (best.Count == 0)
        {
            warn(map, "PriorityConfigMapNoGroupMatched", "Priority expander: no priorities info found for any of the expansion options. No options filtered.");
            return options;
        }

        return best;
    }

    private List<(int Priority, List<Regex> Names)>? Read(ConfigMap map)
    {
        if (map.Data[Key] is not { } text)
        {
            warn(map, "PriorityConfigMapInvalid", $"Wrong configmap for priority expander, doesn't contain {Key} key. Ignoring update.");
            return null;
        }

        var problem = Parse(text, out var priorities);
        if (problem is null)
        {
            return priorities;
        }

        warn(map, "PriorityConfigMapInvalid", $"Wrong configuration for priority expander: {problem}. Ignoring update.");
        return null;
    }

    /// <summary>Reads the YAML; returns what is wrong, or null.</summary>
    internal static string? Parse(string text, out List<(int Priority, List<Regex> Names)> priorities)
    {
        priorities = [];
        if (text.Length == 0)
        {
            return $"priority configuration in {ConfigMapName} configmap is empty; please provide valid configuration";
        }

        JsonNode? root;
        try
        {
            root = Yaml.Read(text);
        }
        catch (YamlSyntaxException wrong)
        {
            return $"Can't parse YAML with priorities in the configmap: {wrong.Message}";
        }

        if (root is not JsonObject lists)
        {
            return "Can't parse YAML with priorities in the configmap: it must be a mapping from numbers to lists";
        }

        foreach (var (name, list) in lists)
        {
            if (!int.TryParse(name, CultureInfo.InvariantCulture, out var priority) || list is not JsonArray expressions)
            {
                return $"Can't parse YAML with priorities in the configmap: {name} must be a number with a list of regular expressions";
            }

            var names = new List<Regex>();
            foreach (var expression in expressions.Select(e => e?.ToString() ?? ""))
            {
                try
                {
                    names.Add(new Regex(expression, RegexOptions.CultureInvariant, MatchLimit));
                }
                catch (ArgumentException wrong)
                {
                    return $"Can't compile regexp rule for priority {priority} and rule {expression}: {wrong.Message}";
                }
            }

            priorities.Add((priority, names));
        }

        return null;
    }
}
