using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText;

/// <summary>One run of kubectl: where it prints, whom it asks, and in which namespace.</summary>
internal sealed class Session
{
    private readonly List<Exception> failures = [];

    public Session(IKubectlHost host, Discovery discovery, Terminal terminal, ApiCaller api, Arguments arguments, string? stdin)
    {
        Host = host;
        Discovery = discovery;
        Terminal = terminal;
        Api = api;
        Stdin = stdin;
        IsNamespaceGiven = arguments.Has("namespace");
        Namespace = arguments.Text("namespace") is { Length: > 0 } ns ? ns : host.Namespace;
    }

    /// <summary>The cluster and its time.</summary>
    public IKubectlHost Host { get; }

    /// <summary>What the server serves.</summary>
    public Discovery Discovery { get; }

    /// <summary>Where it prints.</summary>
    public Terminal Terminal { get; }

    /// <summary>The verbs.</summary>
    public ApiCaller Api { get; }

    /// <summary>What <c>-f -</c> reads; null when nothing was given.</summary>
    public string? Stdin { get; }

    /// <summary>The namespace of <c>-n</c>, or the context's.</summary>
    public string Namespace { get; }

    /// <summary>Whether <c>-n</c> was given.</summary>
    public bool IsNamespaceGiven { get; }

    /// <summary>What went wrong so far without ending the command.</summary>
    public IReadOnlyList<Exception> Failures => failures;

    public void Out(string text) => Terminal.Out(text);

    public void Error(string text) => Terminal.Error(text);

    /// <summary>Keeps what went wrong; it is told at the end.</summary>
    public void Fail(Exception failure) => failures.Add(failure);

    /// <summary>Takes what went wrong, to tell it in another way.</summary>
    public List<Exception> TakeFailures()
    {
        List<Exception> taken = [.. failures];
        failures.Clear();
        return taken;
    }

    /// <summary>Does one of several things; what goes wrong is kept and told at the end.</summary>
    public void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is StatusException or Failure)
        {
            failures.Add(failure);
        }
    }
}
