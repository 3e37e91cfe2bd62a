using System.Globalization;
using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.Deployments;

/// <summary>
/// A short name for a pod template, the same for the same template: the last part of a replica set's name and a label of its pods.
/// </summary>
/// <remarks>
/// FNV-1a in 32 bits, as upstream, but over the template's JSON, so the letters differ from a real cluster's. A counter moves it on
/// when two templates meet in one hash.
/// </remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label">Pod-template-hash
/// label</seealso>
public static class TemplateHash
{
    /// <summary>The label that tells the pods of a deployment's replica sets apart.</summary>
    public const string Label = "pod-template-hash";

    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The hash of <paramref name="template"/>; <paramref name="collisions"/> counts how often it met another's.</summary>
    public static string Of(PodTemplateSpec template, int? collisions)
    {
        var hash = Fnv(2166136261, JsonSerializer.SerializeToUtf8Bytes(template, ApiJson.Default.PodTemplateSpec));
        if (collisions is { } count)
        {
            Span<byte> bytes = stackalloc byte[4];
            BitConverter.TryWriteBytes(bytes, (uint)count);
            hash = Fnv(hash, bytes);
        }

        return Encode(hash.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether two templates ask for the same pods, whatever their hash labels.</summary>
    public static bool SameTemplate(PodTemplateSpec left, PodTemplateSpec right) => WithoutLabel(left) == WithoutLabel(right);

    private static PodTemplateSpec WithoutLabel(PodTemplateSpec template) => !template.Metadata.Labels.ContainsKey(Label)
        ? template
        : template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.Without(Label) } };

    private static uint Fnv(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = unchecked((hash ^ b) * 16777619);
        }

        return hash;
    }

    /// <summary>Digits become letters that cannot spell a word.</summary>
    internal static string Encode(string digits) => string.Create(digits.Length, digits, static (letters, digits) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = Alphabet[digits[i] % Alphabet.Length];
        }
    });
}
