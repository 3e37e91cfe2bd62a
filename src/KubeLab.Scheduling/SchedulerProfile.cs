using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Scheduling;

/// <summary>One of the schedulers in this scheduler: a name, its plugins, and their way through a cycle.</summary>
internal sealed class SchedulerProfile
{
    private readonly Dictionary<string, IPlugin> plugins;

    public SchedulerProfile(Profile profile, PluginContext context, Randomness ties)
    {
        Profile = profile;
        Context = context;
        Cycle = new SchedulingCycle(profile, context.Cache, ties);
        plugins = profile.Filter.Cast<IPlugin>().Concat(profile.PreFilter).Concat(profile.Reserve).Concat(profile.Permit).Concat(profile.PreBind)
            .DistinctBy(p => p.Name).ToDictionary(p => p.Name, StringComparer.Ordinal);
    }

    public Profile Profile { get; }

    public PluginContext Context { get; }

    public SchedulingCycle Cycle { get; }

    /// <summary>The plugins of these names.</summary>
    public IReadOnlyList<IPlugin> Named(IReadOnlyCollection<string> names) => [.. names.Select(plugins.GetValueOrDefault).OfType<IPlugin>()];
}
