using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace KubeLab.Notebook.Running;

/// <summary>
/// The assemblies of the running process. A cell that references one of them, from whatever path, must get this very copy: two copies
/// would have two sets of types that do not fit together.
/// </summary>
internal static class HostAssemblies
{
    /// <summary>What a cell sees of the framework without asking; a list, because each one more costs start-up time.</summary>
    private static readonly string[] Framework =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Collections.Concurrent",
        "System.Collections.Immutable", "System.Console", "System.Diagnostics.Process", "System.IO.Compression", "System.Linq",
        "System.Linq.Expressions", "System.Memory", "System.Net.Http", "System.Net.Primitives", "System.Numerics.Vectors",
        "System.ObjectModel", "System.Private.Uri", "System.Runtime.Extensions", "System.Runtime.InteropServices",
        "System.Runtime.Numerics", "System.Security.Cryptography", "System.Text.Encodings.Web", "System.Text.Json",
        "System.Text.RegularExpressions", "System.Threading", "System.Threading.Channels", "System.Threading.Thread",
        "Microsoft.CSharp", "netstandard",
    ];

    private static readonly Dictionary<string, string> Trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<MetadataReference> FrameworkReferences() =>
        Framework.Select(name => Trusted.GetValueOrDefault(name)).OfType<string>().Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>What the library's authors wrote about its members, when the file lies beside it.</summary>
    public static DocumentationProvider? DocumentationOf(string assembly)
    {
        var file = Path.ChangeExtension(assembly, ".xml");
        return File.Exists(file) ? new DocumentationFile(file) : null;
    }

    /// <summary>
    /// The assembly of that simple name which the process has, or would load from its own folder; null when it knows none.
    /// </summary>
    public static Assembly? Find(string name)
    {
        if (Trusted.ContainsKey(name))
        {
            return Assembly.Load(new AssemblyName(name));
        }

        return AssemblyLoadContext.Default.Assemblies.FirstOrDefault(
            assembly => assembly.Location.Length > 0 && string.Equals(assembly.GetName().Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
