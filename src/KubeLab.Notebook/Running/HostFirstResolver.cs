using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace KubeLab.Notebook.Running;

/// <summary>Resolves <c>#r "file.dll"</c>: to the process's own copy where it has one, else relative to the notebook's folder.</summary>
internal sealed class HostFirstResolver(string folder) : MetadataReferenceResolver
{
    private readonly ScriptMetadataResolver files = ScriptMetadataResolver.Default.WithBaseDirectory(folder).WithSearchPaths(folder);

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var name = reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))
            : reference;
        return FromHost(name, properties) is { } own
            ? [own]
            : files.ResolveReference(reference.Replace('\\', '/'), baseFilePath: null, properties);
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        FromHost(referenceIdentity.Name, MetadataReferenceProperties.Assembly)
            ?? files.ResolveMissingAssembly(definition, referenceIdentity);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    private static PortableExecutableReference? FromHost(string name, MetadataReferenceProperties properties) =>
        HostAssemblies.Find(name) is { } assembly
            ? MetadataReference.CreateFromFile(assembly.Location, properties, HostAssemblies.DocumentationOf(assembly.Location))
            : null;
}
