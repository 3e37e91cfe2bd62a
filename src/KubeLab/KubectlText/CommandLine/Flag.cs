using System.Globalization;

namespace KubeLab.KubectlText.CommandLine;

/// <summary>What a flag holds.</summary>
internal enum FlagKind
{
    Text,
    Bool,

    /// <summary>Several, separated by commas or given more than once.</summary>
    List,

    /// <summary>Several, each given by itself.</summary>
    Array,
    Int,
    Duration,
}

/// <summary>An option of a command.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Shorthand">Its letter, or null.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Default">Its value when it is not given.</param>
/// <param name="Bare">Its value when it is given without one; null when it needs one.</param>
internal sealed record Flag(string Name, char? Shorthand, FlagKind Kind, string Default, string? Bare)
{
    /// <summary>Its names as error messages write them.</summary>
    public string Names => Shorthand is { } letter ? $"-{letter}, --{Name}" : $"--{Name}";

    /// <summary>Why a value cannot be taken, in upstream's words; null when it can.</summary>
    public string? Refuse(string value) => Kind switch
    {
        FlagKind.Bool when !IsBool(value) => $"strconv.ParseBool: parsing \"{value}\": invalid syntax",
        FlagKind.Int when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
            $"strconv.ParseInt: parsing \"{value}\": invalid syntax",
        FlagKind.Duration when GoDuration.Parse(value) is null => $"time: {(HasNoUnit(value) ? "missing unit in" : "invalid")} duration \"{value}\"",
        _ => null,
    };

    /// <summary>Whether a text means true, as Go reads it.</summary>
    public static bool IsTrue(string value) => value is "1" or "t" or "T" or "true" or "TRUE" or "True";

    private static bool IsBool(string value) => IsTrue(value) || value is "0" or "f" or "F" or "false" or "FALSE" or "False";

    private static bool HasNoUnit(string value) => value.Length > 0 && value.All(char.IsAsciiDigit);
}
