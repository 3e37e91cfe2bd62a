using System.Globalization;

namespace KubeLab.ApiServer.Http;

/// <summary>In which order groups and versions are told: clients take the first that has what they look for.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority">
/// Version priority</seealso>
internal static class GroupOrder
{
    private static readonly string[] BuiltIn =
    [
        "", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
        "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io",
        "apiextensions.k8s.io", "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "resource.k8s.io",
        "flowcontrol.apiserver.k8s.io",
    ];

    /// <summary>The groups with the built-in ones first, as upstream ranks them; those of users follow by name.</summary>
    public static IEnumerable<string> OfGroups(IEnumerable<string> groups) =>
        groups.Distinct().OrderBy(g => Array.IndexOf(BuiltIn, g) is var place and >= 0 ? place : BuiltIn.Length).ThenBy(g => g, StringComparer.Ordinal);

    /// <summary>The versions with the preferred one first: stable before beta before alpha, then the higher number.</summary>
    public static IEnumerable<string> OfVersions(IEnumerable<string> versions) => versions.Distinct()
        .Select(v => (Name: v, Rank: Rank(v)))
        .OrderByDescending(v => v.Rank.Stage).ThenByDescending(v => v.Rank.Major).ThenByDescending(v => v.Rank.Minor)
        .ThenBy(v => v.Name, StringComparer.Ordinal).Select(v => v.Name);

    // v2 is (3, 2, 0), v1beta3 (2, 1, 3), v1alpha1 (1, 1, 1); other names come last.
    private static (int Stage, int Major, int Minor) Rank(string version)
    {
        foreach (var (word, stage) in new[] { ("beta", 2), ("alpha", 1) })
        {
            var at = version.IndexOf(word, StringComparison.Ordinal);
            if (at > 1 && Number(version[1..at]) is { } major && Number(version[(at + word.Length)..]) is { } minor)
            {
                return (stage, major, minor);
            }
        }

        return version.StartsWith('v') && Number(version[1..]) is { } stable ? (3, stable, 0) : default;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
