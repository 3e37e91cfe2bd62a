using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Yaml;

namespace KubeLab.Scheduling.Configuration;

/// <summary>Reads a scheduler's configuration as kube-scheduler takes it with <c>--config</c>: KubeSchedulerConfiguration of kubescheduler.config.k8s.io/v1.</summary>
/// <remarks>
/// Read are profiles with their plugins and the arguments of the default plugins, percentageOfNodesToScore and the pauses of the queue. Leader election, metrics and the connection belong
/// to a process and are accepted without effect; extenders are refused.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/kube-scheduler-config.v1/">kube-scheduler configuration (v1)</seealso>
public static class ConfigurationReader
{
    private static readonly string[] Ignored = ["leaderElection", "clientConnection", "healthzBindAddress", "metricsBindAddress", "enableProfiling", "enableContentionProfiling", "parallelism", "delayCacheUntilActive"];
    private static readonly string[] Points =
    [
        "preEnqueue", "queueSort", "preFilter", "filter", "postFilter", "preScore", "score", "reserve", "permit", "preBind", "bind", "postBind", "multiPoint",
    ];

    private static readonly string[] Plugins =
    [
        "SchedulingGates", "PrioritySort", "NodeUnschedulable", "NodeName", "TaintToleration", "NodeAffinity", "NodePorts", "NodeResourcesFit", "VolumeRestrictions", "NodeVolumeLimits",
        "VolumeBinding", "VolumeZone", "PodTopologySpread", "InterPodAffinity", "DefaultPreemption", "NodeResourcesBalancedAllocation", "ImageLocality", "DefaultBinder", "*",
    ];

    /// <summary>Reads <paramref name="yaml"/>.</summary>
    /// <exception cref="SchedulerConfigurationException">A field is unknown, missing or wrong; the message names it.</exception>
    public static SchedulerOptions Read(string yaml)
    {
        JsonNode? document;
        try
        {
            document = Yaml.Read(yaml);
        }
        catch (YamlSyntaxException wrong)
        {
            throw new SchedulerConfigurationException(wrong.Message);
        }

        var root = new ConfigurationNode(document as JsonObject ?? throw new SchedulerConfigurationException("a configuration must be a map with apiVersion and kind"), "");
        root.Is("apiVersion", "kubescheduler.config.k8s.io/v1");
        root.Is("kind", "KubeSchedulerConfiguration");
        foreach (var name in Ignored)
        {
            root.Skip(name);
        }

        var options = new SchedulerOptions
        {
            PercentageOfNodesToScore = root.Int("percentageOfNodesToScore"),
            PodInitialBackoff = TimeSpan.FromSeconds(root.Int("podInitialBackoffSeconds") ?? 1),
            PodMaxBackoff = TimeSpan.FromSeconds(root.Int("podMaxBackoffSeconds") ?? 10),
            Profiles = root.List("profiles") is { Count: > 0 } profiles ? [.. profiles.Select(Profile)] : [new()],
        };
        root.Done();
        ConfigurationCheck.Check(options);
        return options;
    }

    private static ProfileOptions Profile(ConfigurationNode node)
    {
        var options = new ProfileOptions
        {
            SchedulerName = node.Text("schedulerName") ?? "default-scheduler",
            PercentageOfNodesToScore = node.Int("percentageOfNodesToScore"),
        };
        if (node.Map("plugins") is { } plugins)
        {
            options = WithPlugins(options, plugins);
        }

        foreach (var config in node.List("pluginConfig"))
        {
            var name = config.Text("name") ?? throw config.Error("name", "Required value");
            if (config.Map("args") is { } args)
            {
                args.Skip("apiVersion");
                args.Skip("kind");
                options = WithArguments(options, name, args, config);
                args.Done();
            }

            config.Done();
        }

        node.Done();
        return options;
    }

    private static ProfileOptions WithPlugins(ProfileOptions options, ConfigurationNode plugins)
    {
        var disabled = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var enabled = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var point in Points)
        {
            if (plugins.Map(point) is not { } set)
            {
                continue;
            }

            disabled[point] = [.. set.List("disabled").Select(p => Name(p, weights))];
            enabled[point] = [.. set.List("enabled").Select(p => Name(p, weights))];
            set.Done();
        }

        plugins.Done();
        return options with { Disabled = disabled, Enabled = enabled, Weights = weights };
    }

    private static string Name(ConfigurationNode plugin, Dictionary<string, int> weights)
    {
        var name = plugin.Text("name") ?? throw plugin.Error("name", "Required value");
        if (Array.IndexOf(Plugins, name) < 0)
        {
            throw plugin.Error("name", $"Invalid value: \"{name}\": plugin does not exist");
        }

        if (plugin.Int("weight") is > 0 and var weight)
        {
            weights[name] = weight;
        }

        plugin.Done();
        return name;
    }

    private static ProfileOptions WithArguments(ProfileOptions options, string plugin, ConfigurationNode args, ConfigurationNode config) => plugin switch
    {
        "NodeResourcesFit" => options with
        {
            Fit = new FitOptions
            {
                IgnoredResources = args.Texts("ignoredResources"),
                IgnoredResourceGroups = args.Texts("ignoredResourceGroups"),
                Strategy = args.Map("scoringStrategy") is { } strategy ? Strategy(strategy) : new(),
            },
        },
        "NodeResourcesBalancedAllocation" => options with { BalancedResources = Resources(args) },
        "PodTopologySpread" => options with { Spread = Spread(args) },
        "InterPodAffinity" => options with
        {
            InterPodAffinity = new()
            {
                HardPodAffinityWeight = args.Int("hardPodAffinityWeight") ?? 1,
                IgnorePreferredTermsOfExistingPods = args.Bool("ignorePreferredTermsOfExistingPods") ?? false,
            },
        },
        "DefaultPreemption" => options with
        {
            Preemption = new()
            {
                MinCandidateNodesPercentage = args.Int("minCandidateNodesPercentage") ?? 10,
                MinCandidateNodesAbsolute = args.Int("minCandidateNodesAbsolute") ?? 100,
            },
        },
        "NodeAffinity" => options with { AddedAffinity = args.Record("addedAffinity", ApiJson.Default.NodeAffinity) },
        "VolumeBinding" => options with { BindTimeout = TimeSpan.FromSeconds(args.Int("bindTimeoutSeconds") ?? 600) },
        _ => throw config.Error("name", $"Invalid value: \"{plugin}\": takes no arguments here"),
    };

    private static ScoringStrategy Strategy(ConfigurationNode node)
    {
        var type = node.Text("type") ?? "LeastAllocated";
        var strategy = new ScoringStrategy
        {
            Type = Enum.TryParse<ScoringStrategyType>(type, out var known)
                ? known
                : throw node.Error("type", $"Unsupported value: \"{type}\": supported values: \"LeastAllocated\", \"MostAllocated\", \"RequestedToCapacityRatio\""),
            Resources = Resources(node),
            Shape = node.Map("requestedToCapacityRatio") is { } ratio ? Shape(ratio) : [],
        };
        node.Done();
        return strategy;
    }

    private static List<UtilizationPoint> Shape(ConfigurationNode ratio)
    {
        List<UtilizationPoint> shape =
        [
            .. ratio.List("shape").Select(p =>
            {
                var point = new UtilizationPoint(p.Int("utilization") ?? 0, p.Int("score") ?? 0);
                p.Done();
                return point;
            }),
        ];
        ratio.Done();
        return shape;
    }

    private static IReadOnlyList<ResourceWeight> Resources(ConfigurationNode node)
    {
        var resources = node.List("resources").Select(r =>
        {
            var weight = new ResourceWeight(r.Text("name") ?? throw r.Error("name", "Required value"), r.Int("weight") ?? 1);
            r.Done();
            return weight;
        }).ToList();
        return resources.Count == 0 ? ScoringStrategy.CpuAndMemory : resources;
    }

    private static SpreadOptions Spread(ConfigurationNode args)
    {
        var constraints = args.List("defaultConstraints").Select((c, i) => c.As(ApiJson.Default.TopologySpreadConstraint)).ToList();
        var type = args.Text("defaultingType") ?? "System";
        return type switch
        {
            "System" when constraints.Count == 0 => SpreadOptions.Default,
            "System" => throw args.Error("defaultConstraints", "Invalid value: when .defaultingType is System, must be empty"),
            "List" => new SpreadOptions { DefaultConstraints = constraints },
            _ => throw args.Error("defaultingType", $"Unsupported value: \"{type}\": supported values: \"System\", \"List\""),
        };
    }
}
