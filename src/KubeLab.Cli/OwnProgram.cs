namespace KubeLab.Cli;

/// <summary>This program, to be started again.</summary>
internal static class OwnProgram
{
    /// <summary>The program and its arguments, whether it runs by itself or through <c>dotnet</c>.</summary>
    public static string[] CommandLine(params ReadOnlySpan<string> arguments)
    {
        var program = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "lab.dll"), .. arguments]
            : [program, .. arguments];
    }
}
