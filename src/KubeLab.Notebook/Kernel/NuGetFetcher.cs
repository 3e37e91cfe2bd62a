using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Kernel;

/// <summary>Fetches packages as the <c>dotnet</c> command does: a project that names them is restored, and its list of files is read.</summary>
/// <remarks>The notebook's folder decides which <c>nuget.config</c> holds; <c>#i "nuget: /folder"</c> adds a source.</remarks>
/// <seealso href="https://learn.microsoft.com/nuget/consume-packages/package-restore">Package restore</seealso>
internal sealed partial class NuGetFetcher(string folder) : IPackageFetcher
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly SortedDictionary<string, string> packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> sources = [];

    public async Task<(string Code, IReadOnlyList<string> Assemblies)> FetchAsync(string code, CancellationToken cancellation)
    {
        var lines = code.Split('\n');
        var firstLine = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (Directive().Match(lines[i]) is { Success: true } found)
            {
                Note(found);
                lines[i] = "";
                firstLine = firstLine == 0 ? i + 1 : firstLine;
            }
        }

        var assemblies = packages.Count == 0 ? [] : await RestoreAsync(firstLine, cancellation).ConfigureAwait(false);
        return (string.Join('\n', lines), assemblies);
    }

    private void Note(Match directive)
    {
        var what = directive.Groups["what"].Value.Trim();
        if (directive.Groups["kind"].Value == "i")
        {
            sources.Add(what);
            return;
        }

        var parts = what.Split(',', StringSplitOptions.TrimEntries);
        packages[parts[0]] = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*";
    }

    private async Task<IReadOnlyList<string>> RestoreAsync(int line, CancellationToken cancellation)
    {
        var project = Project();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder + project)))[..16];
        var place = Path.Combine(Path.GetTempPath(), "kubelab-packages-" + Environment.UserName, hash);
        Directory.CreateDirectory(place);
        var file = Path.Combine(place, "packages.csproj");
        await File.WriteAllTextAsync(file, project, cancellation).ConfigureAwait(false);
        string[] config = NuGetConfig() is { } path ? ["--configfile", path] : [];
        var (exit, output) = await RunAsync(["restore", file, "--nologo", .. config], place, cancellation).ConfigureAwait(false);
        var assets = Path.Combine(place, "obj", "project.assets.json");
        if (exit != 0 || !File.Exists(assets))
        {
            throw new PackageException(Failure(output), line);
        }

        return Assemblies(await File.ReadAllBytesAsync(assets, cancellation).ConfigureAwait(false));
    }

    private string Project() => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
            sources.Count > 0 ? new XElement("RestoreAdditionalProjectSources", string.Join(';', sources)) : null),
        new XElement("ItemGroup", packages.Select(p => new XElement("PackageReference", new XAttribute("Include", p.Key), new XAttribute("Version", p.Value)))))
        .ToString();

    private string? NuGetConfig()
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var config = at.EnumerateFiles("*.config").FirstOrDefault(f => f.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase));
            if (config is not null)
            {
                return config.FullName;
            }
        }

        return null;
    }

    private static async Task<(int Exit, string Output)> RunAsync(IReadOnlyList<string> arguments, string place, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = place, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(start) ?? throw new PackageException("the dotnet command did not start");
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var output = await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return (process.ExitCode, output + await errors.ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                throw new PackageException("the packages did not come within three minutes: is there a network?");
            }
        }
        catch (Win32Exception)
        {
            throw new PackageException("packages need the dotnet command of the .NET SDK, which is not on the PATH");
        }
    }

    /// <summary>The lines of the restore that name errors, without the path of a project that the learner has not written.</summary>
    private static string Failure(string output)
    {
        var errors = output.Split('\n').Select(l => ErrorLine().Match(l)).Where(m => m.Success)
            .Select(m => ProjectName().Replace(m.Groups["text"].Value, "").Trim()).Distinct(StringComparer.Ordinal).Take(5).ToList();
        return errors.Count > 0 ? string.Join('\n', errors) : "the packages could not be restored: " + output.Trim();
    }

    private static List<string> Assemblies(byte[] assets)
    {
        using var json = JsonDocument.Parse(assets);
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        var libraries = json.RootElement.GetProperty("libraries");
        var found = new List<string>();
        foreach (var library in json.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            if (!library.Value.TryGetProperty("runtime", out var files) || !libraries.GetProperty(library.Name).TryGetProperty("path", out var path))
            {
                continue;
            }

            foreach (var file in files.EnumerateObject().Where(f => f.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)))
            {
                found.AddRange(folders.Select(f => Path.Combine(f, path.GetString()!, file.Name)).Where(File.Exists).Take(1));
            }
        }

        return found;
    }

    [GeneratedRegex("""^\s*#(?<kind>[ri])\s+"nuget\s*:(?<what>[^"]*)"\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex Directive();

    [GeneratedRegex(@"error (?<text>NU\d+: .*|MSB\d+: .*)")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"\[[^\]]*\.csproj\]")]
    private static partial Regex ProjectName();
}
