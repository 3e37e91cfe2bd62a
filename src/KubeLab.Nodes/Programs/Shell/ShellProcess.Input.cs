namespace KubeLab.Nodes.Programs.Shell;

/// <summary>How a shell waits for what comes from outside.</summary>
internal sealed partial class ShellProcess
{
    private bool interrupted;

    /// <summary>Ctrl+C: the running command ends; a shell that reads commands goes on with the next, any other ends too.</summary>
    public void Interrupt()
    {
        Exited = true;
        interrupted = true;
        Status = 130;
    }

    /// <summary>Takes a line for <c>read</c>; null at the end.</summary>
    public string? TakeLine()
    {
        if (piped is null)
        {
            return Stdin?.TakeLine();
        }

        if (piped.Length == 0)
        {
            return null;
        }

        var end = piped.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? piped : piped[..end];
        piped = end < 0 ? "" : piped[(end + 1)..];
        return line;
    }

    // A command is one step and needs its whole input before; only what hands its input through can do so piece by piece.
    private IEnumerable<TimeSpan> AwaitInput(List<string> words)
    {
        var (wantsLine, handsThrough) = (words[0] == "read", words.All(w => w is "cat" or "/bin/cat" or "-"));
        while (!Exited && !Stdin!.HasEnded && !(wantsLine && Stdin.HasLine))
        {
            if (handsThrough && Stdin.HasText)
            {
                Write(Stdin.TakeAll());
                continue;
            }

            IsWaiting = true;
            yield return Now;
            IsWaiting = false;
        }

        piped = wantsLine ? null : Stdin!.TakeAll();
    }

    private IEnumerable<TimeSpan> WalkInteractive()
    {
        while (Stdin is not null)
        {
            var text = "";
            Node? script = null;
            while (script is null)
            {
                Prompt(text.Length == 0 ? $"{(Folder == "/root" ? "~" : Folder)} # " : "> ");
                while (!Stdin.HasLine && !Stdin.HasEnded && !interrupted)
                {
                    IsWaiting = true;
                    yield return Now;
                    IsWaiting = false;
                }

                if (ClearInterrupt() || Stdin.TakeLine() is not { } line)
                {
                    break;
                }

                script = Understand(text += line + "\n", Stdin.HasEnded && !Stdin.HasText);
            }

            if (script is null)
            {
                if (Stdin.HasEnded && !Stdin.HasText)
                {
                    yield break;
                }

                continue;
            }

            foreach (var step in Walk(script, tested: false))
            {
                yield return step;
            }

            breaks = 0;
            if (!ClearInterrupt() && Exited)
            {
                yield break;
            }
        }
    }

    private bool ClearInterrupt()
    {
        if (!interrupted)
        {
            return false;
        }

        (interrupted, Exited) = (false, false);
        return true;
    }

    private void Prompt(string text)
    {
        if (world.HasTerminal)
        {
            Write(text, isError: false);
        }
    }

    // A script that only lacks its end is asked for more, line after line.
    private Node? Understand(string text, bool isLast)
    {
        try
        {
            return Parser.Parse(text);
        }
        catch (ShellSyntaxException wrong) when (!isLast && (wrong.Message.Contains("end of file", StringComparison.Ordinal) || wrong.Message.Contains("unterminated", StringComparison.Ordinal)))
        {
            return null;
        }
        catch (ShellSyntaxException wrong)
        {
            Complain($"sh: {wrong.Message}");
            Status = 2;
            return new Sequence([]);
        }
    }
}
