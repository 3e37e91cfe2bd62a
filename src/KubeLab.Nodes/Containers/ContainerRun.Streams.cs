using KubeLab.Nodes.Programs;
using KubeLab.Nodes.Programs.Shell;
using KubeLab.Nodes.Stages;
using KubeLab.Nodes.Streams;

namespace KubeLab.Nodes.Containers;

/// <summary>What comes to a container from outside while it runs, and who follows it.</summary>
internal sealed partial class ContainerRun
{
    private List<IRunWatcher>? watchers;

    private Api.ObjectKey KeyOfPod => Api.ObjectKey.Of(pod.Pod);

    /// <summary>Tells <paramref name="watcher"/> when the process ends or its future changes.</summary>
    public void Watch(IRunWatcher watcher) => (watchers ??= []).Add(watcher);

    /// <summary>Tells it no more.</summary>
    public void Unwatch(IRunWatcher watcher) => watchers?.Remove(watcher);

    /// <summary>Starts a command beside the process.</summary>
    /// <exception cref="ExecutableNotFoundException">The image has no such command.</exception>
    public CommandRun StartCommand(IReadOnlyList<string> command, CommandOptions options) =>
        run!.Start(command, ContainerEnvironment.ContextOf(this, Host), Elapsed, options);

    /// <summary>A command beside the process has changed files.</summary>
    public void Note(IReadOnlyList<FileEdit> edits) => Host.FromOutside(new OutsideInput(KeyOfPod, Spec.Name, edits, null));

    /// <summary>Something came for the standard input of the process, or null for its end.</summary>
    public void Receive(string? input) => Host.FromOutside(new OutsideInput(KeyOfPod, Spec.Name, null, input));

    /// <summary>Lets the process meet what came from outside.</summary>
    public void Meet(OutsideInput what)
    {
        if (IsAlive && what.Edits is { } shared && pod.EmptyDirs is { } volumes)
        {
            shared.ToList().ForEach(edit => volumes.Write(this, edit));
        }

        if (IsAlive && (what.Edits is { } edits ? run!.Note(Elapsed, edits) : run!.Receive(Elapsed, what.Input)))
        {
            LookAgain();
        }
    }

    /// <summary>Another container of the pod has changed files that both see.</summary>
    public void MeetNeighbour(IReadOnlyList<FileEdit> edits)
    {
        if (IsAlive && run!.Note(Elapsed, edits))
        {
            LookAgain();
        }
    }

    /// <summary>What the process answers on a port it listens on.</summary>
    public Api.Verbs.WebAnswer? Answer(Api.Verbs.WebQuestion question) => run?.Answer(question, ContainerEnvironment.ContextOf(this, Host), Elapsed);

    // What was foreseen may not come about now, and a probe may find something else.
    private void LookAgain()
    {
        if (State == LifeState.Running)
        {
            timer?.Cancel();
            timer = null;
            Advance();
            probes?.Wake();
        }

        watchers?.ToList().ForEach(w => w.OnChanged());
    }

    private void TellEnd(int exitCode)
    {
        var told = watchers;
        watchers = null;
        told?.ForEach(w => w.OnEnded(exitCode));
    }
}
