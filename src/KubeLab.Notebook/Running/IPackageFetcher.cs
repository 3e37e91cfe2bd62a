namespace KubeLab.Notebook.Running;

/// <summary>Gets what <c>#r "nuget: …"</c> asks for.</summary>
internal interface IPackageFetcher
{
    /// <summary>
    /// Fetches the packages that <paramref name="code"/> names. The answer is the code without those lines (their place stays empty, so
    /// that line numbers hold), and the paths of the assemblies to reference.
    /// </summary>
    /// <exception cref="PackageException">A package cannot be had; the message says why.</exception>
    Task<(string Code, IReadOnlyList<string> Assemblies)> FetchAsync(string code, CancellationToken cancellation);
}

/// <summary>Why a package is not there.</summary>
internal sealed class PackageException(string message, int? line = null) : Exception(message)
{
    /// <summary>The line of the directive, counted from 1, when it is known.</summary>
    public int? Line => line;
}

/// <summary>A run that must give the same everywhere fetches nothing.</summary>
internal sealed class NoPackages : IPackageFetcher
{
    public static NoPackages Instance { get; } = new();

    public Task<(string Code, IReadOnlyList<string> Assemblies)> FetchAsync(string code, CancellationToken cancellation) =>
        throw new PackageException(PackageDirective.Refusal);
}
