using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.Autoscaling.Vertical.Histograms;

/// <summary>Maps whose keys are data, in fields that no record models.</summary>
internal static class OpaqueObjects
{
    /// <summary>An object with <paramref name="fields"/>.</summary>
    public static OpaqueObject Of(IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        var made = new OpaqueObject();
        foreach (var (name, value) in fields)
        {
            made = made.With(name, value);
        }

        return made;
    }

    /// <summary>Its fields; none when it is absent.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Fields(OpaqueObject? map) => map?.Overflow ?? [];
}
