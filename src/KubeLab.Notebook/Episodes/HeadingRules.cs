namespace KubeLab.Notebook.Episodes;

/// <summary>Headings start at level 2 (the title is level 1) and skip no level, because screen readers walk by them.</summary>
internal static class HeadingRules
{
    public static void Check(IEnumerable<EpisodeBlock> blocks, Action<int, string> report, int first = 2)
    {
        var previous = first - 1;
        foreach (var block in blocks)
        {
            if (block is Div div)
            {
                // A block counts its headings anew; the names of tabs are headings of level 3.
                Check(div.Children, report, div.Name is "group-tab" or "tab" ? 3 : 2);
            }
            else if (block is Prose prose)
            {
                foreach (var line in EpisodeLint.TextLines([prose]))
                {
                    previous = CheckLine(line, first, previous, report);
                }
            }
        }
    }

    /// <summary>The level of a heading line, or 0.</summary>
    public static int Level(string line)
    {
        var level = line.TakeWhile(c => c == '#').Count();
        return level is > 0 and <= 6 && level < line.Length && line[level] == ' ' ? level : 0;
    }

    private static int CheckLine(SourceLine line, int first, int previous, Action<int, string> report)
    {
        var level = Level(line.Text);
        if (level == 0)
        {
            return previous;
        }

        if (level < first)
        {
            report(line.Number,
                $"headings start at level {first} here ('{new string('#', first)} …'); level 1 is the title in the front matter");
        }
        else if (level > previous + 1)
        {
            report(line.Number, $"this heading skips a level: after level {previous} comes level {previous + 1} at most");
        }

        return level;
    }
}
