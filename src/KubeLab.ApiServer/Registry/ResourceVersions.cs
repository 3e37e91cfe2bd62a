using System.Globalization;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Registry;

/// <summary>Reads the resourceVersions that clients send; to them they are opaque, here they are revisions of the store.</summary>
internal static class ResourceVersions
{
    /// <summary>The revision; 0 when none is given.</summary>
    /// <exception cref="ApiException">500 without a reason, as upstream: it is not a number.</exception>
    public static long Parse(string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            return 0;
        }

        return long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new ApiException(new()
            {
                State = "Failure",
                Code = 500,
                Message = $"resourceVersion: Invalid value: \"{version}\": strconv.ParseUint: parsing \"{version}\": invalid syntax",
            });
    }
}
