using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;

namespace KubeLab.KubectlText.Rolling;

/// <summary>The objects that a rollout command is about.</summary>
internal static class RolloutTarget
{
    private static readonly string[] Kinds = ["Deployment", "DaemonSet", "StatefulSet"];

    /// <exception cref="Failure">None were given.</exception>
    public static List<Info> Find(Session session, Arguments arguments) => arguments.Words.Count == 0 && !ManifestReader.IsAsked(arguments)
        ? throw Failure.Error("required resource not specified")
        : new Finder(session, arguments) { TakesAll = arguments.Words is [var only] && !only.Contains('/', StringComparison.Ordinal) }.Find(arguments.Words);

    /// <exception cref="Failure">The object has no rollout, or not one that can be changed so.</exception>
    public static void Demand(Info info, string what, bool deploymentOnly = true)
    {
        if (info.Resource.Kind != "Deployment" && (deploymentOnly || !Kinds.Contains(info.Resource.Kind)))
        {
            throw Failure.Error($"{info.Resource.QualifiedName} \"{info.Name}\" {what} is not supported");
        }
    }
}
